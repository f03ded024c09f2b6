import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request, startTestOrg, type TestOrg } from './testing.ts';

let t: TestOrg;
let conn: Connection;

beforeAll(async () => {
  t = await startTestOrg({ seed: 'demo' });
  conn = await t.connect();
});
afterAll(() => t.org.stop());

const post = (path: string, values: Record<string, string>) =>
  request(`${t.url}${path}`, 'POST', new URLSearchParams(values).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

describe('demo data', () => {
  it('has 900 leads and contacts, 20 addresses twice, 400 people of HubSpot', async () => {
    const emails: string[] = [];
    for (const object of ['Lead', 'Contact']) {
      const { records } = await conn.query<{ Email: string }>(`SELECT Email FROM ${object}`);
      emails.push(...records.map((record) => record.Email));
    }
    expect(emails).toHaveLength(900);
    expect(emails.length - new Set(emails).size).toBe(20);
    const shared = new Set(emails.filter((email) => Number(/\.(\d+)@/.exec(email)?.[1]) < 2500));
    expect(shared.size).toBe(400);
  });

  it('has an integration user, administrators, an inactive user and a queue that owns leads', async () => {
    const { records } = await conn.query(
      'SELECT Username, IsActive, Profile.Name FROM User ORDER BY Username',
    );
    expect(records).toMatchObject([
      { Username: 'ines.carvalho@northwind.example', IsActive: true, Profile: { Name: 'Standard User' } },
      { Username: 'integration@northwind.example', IsActive: true, Profile: { Name: 'Integration User' } },
      {
        Username: 'maya.lindqvist@northwind.example',
        IsActive: true,
        Profile: { Name: 'System Administrator' },
      },
      {
        Username: 'oskar.brandt@northwind.example',
        IsActive: true,
        Profile: { Name: 'System Administrator' },
      },
      { Username: 'tom.okafor@northwind.example', IsActive: false },
    ]);
    const queued = await conn.query("SELECT Owner.Name FROM Lead WHERE Owner.Type = 'Queue' LIMIT 1");
    expect(queued.records[0]).toMatchObject({ Owner: { Name: 'Inbound leads' } });
  });
});

describe('record pages', () => {
  it('list, search, open, edit, refuse, create and delete a person', async () => {
    const lead = (await conn.query<{ Id: string; Email: string }>('SELECT Id, Email FROM Lead LIMIT 1'))
      .records[0];
    const id = String(lead?.Id);
    const list = await request(
      `${t.url}/records?object=Lead&q=${encodeURIComponent(String(lead?.Email))}`,
      'GET',
    );
    expect(list.text).toContain(`href="/records/${id}"`);
    const page = await request(`${t.url}/records/${id}`, 'GET');
    expect(page.text).toContain('<form method="post"');
    const values = {
      LastName: '<Nova>',
      Company: 'Holm',
      Status: 'Working - Contacted',
      Email: String(lead?.Email),
    };
    const saved = await post(`/records/${id}`, values);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `/records/${id}`]);
    expect((await conn.sobject('Lead').retrieve(id)).LastName).toBe('<Nova>');
    expect((await request(`${t.url}/records/${id}`, 'GET')).text).toContain('&lt;Nova&gt;');
    const refused = await post(`/records/${id}`, { ...values, Company: '' });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Required fields are missing: [Company]');
    const created = await post('/records/new/Contact', { LastName: 'New' });
    const made = String(created.headers.get('location')).replace('/records/', '');
    expect((await conn.sobject('Contact').retrieve(made)).LastName).toBe('New');
    await post(`/records/${made}/delete`, {});
    expect((await request(`${t.url}/records/${made}`, 'GET')).status).toBe(404);
  });
});
