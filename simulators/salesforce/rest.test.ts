import { beforeEach, describe, expect, it } from 'vitest';
import { conn, create, emptyOrgPerTest, request, t } from './testing.ts';

emptyOrgPerTest();

const contact = (more: object = {}) => ({ LastName: 'Vogel', Email: 'vogel@example.example', ...more });

describe('versions and resources', () => {
  it('lists the versions without a token, oldest first', async () => {
    const answer = await request(`${t.url}/services/data/`, 'GET');
    expect(answer.headers.get('sforce-limit-info')).toBeNull();
    expect(answer.json[0]).toEqual({ label: "Spring '19", url: '/services/data/v45.0', version: '45.0' });
    expect(answer.json).toContainEqual({ label: "Summer '25", url: '/services/data/v64.0', version: '64.0' });
    expect(answer.json).toContainEqual({ label: "Winter '26", url: '/services/data/v65.0', version: '65.0' });
    expect(answer.json.at(-1)).toEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  });

  it('answers every offered version, with and without a trailing slash, and refuses others', async () => {
    for (const path of [
      '/services/data/v45.0/limits',
      '/services/data/v67.0/limits/',
      '/services/data/latest/limits',
    ]) {
      expect((await t.call('GET', path)).status).toBe(200);
    }
    for (const path of [
      '/services/data/v44.0/limits',
      '/services/data/v68.0/limits',
      '/services/data/v66/limits',
    ]) {
      const answer = await t.call('GET', path);
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(
        '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]',
      );
    }
  });

  it('names its resources and counts records', async () => {
    const root = await t.call('GET', '/services/data/v66.0');
    expect(root.json.query).toBe('/services/data/v66.0/query');
    expect(root.json.identity).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
    await create('Account', { Name: 'Holm' });
    const counts = await t.call('GET', 'limits/recordCount?sObjects=Account,Contact');
    expect(counts.json).toEqual({ sObjects: [{ count: 1, name: 'Account' }] });
  });

  it('sends the headers of the vendor', async () => {
    const { headers } = await t.call('GET', 'limits');
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('cache-control')).toBe('no-cache,must-revalidate,max-age=0,no-store,private');
    expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/100000$/);
  });

  it('answers 405 for a method that is not offered', async () => {
    const answer = await t.call('PUT', 'limits');
    expect(answer.status).toBe(405);
    expect(answer.json[0].errorCode).toBe('METHOD_NOT_ALLOWED');
  });
});

describe('single records', () => {
  it('creates, reads, updates and deletes through jsforce', async () => {
    const made = await conn.sobject('Contact').create(contact());
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = String(made.id);
    expect(id).toMatch(/^003\w{15}$/);
    const read = await conn.sobject('Contact').retrieve(id);
    expect(read).toMatchObject({ LastName: 'Vogel', Name: 'Vogel', Phone: null, IsDeleted: false });
    await conn.sobject('Contact').update({ Id: id, Phone: '+49 30 1' });
    expect((await conn.sobject('Contact').retrieve(id, { fields: ['Phone'] })).Phone).toBe('+49 30 1');
    await conn.sobject('Contact').destroy(id);
    await expect(conn.sobject('Contact').retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('answers 201 with Location, 204 really empty', async () => {
    const made = await t.call('POST', 'sobjects/contact/', contact());
    expect([made.status, made.headers.get('location')]).toEqual([
      201,
      `/services/data/v66.0/sobjects/Contact/${made.json.id}`,
    ]);
    expect(made.text).toBe(`{"id":"${made.json.id}","success":true,"errors":[]}`);
    const changed = await t.call('PATCH', `sobjects/Contact/${made.json.id}`, { title: 'CEO' });
    expect([changed.status, changed.text]).toEqual([204, '']);
  });

  it('ignores the case of names, takes 15 characters, answers in the described spelling', async () => {
    const id = await create('CONTACT', { lastname: 'A', EMAIL: 'a@b.example' });
    const read = await t.call('GET', `sobjects/contact/${id.slice(0, 15)}?fields=email,LASTNAME`);
    expect(read.json).toEqual({
      attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${id}` },
      Email: 'a@b.example',
      LastName: 'A',
      Id: id,
    });
    expect(read.headers.get('last-modified')).toMatch(/GMT$/);
  });

  it('answers 304 to If-Modified-Since', async () => {
    const id = await create('Contact', contact());
    const later = new Date(Date.now() + 60_000).toUTCString();
    const answer = await t.call('GET', `sobjects/Contact/${id}`, undefined, { 'if-modified-since': later });
    expect([answer.status, answer.text]).toEqual([304, '']);
  });

  it('trims texts, empties with null and blank, leaves unnamed fields', async () => {
    const id = await create('Contact', contact({ Title: '  CEO ', Phone: '   ' }));
    await t.call('PATCH', `sobjects/Contact/${id}`, { Email: null });
    const { json } = await t.call('GET', `sobjects/Contact/${id}`);
    expect(json).toMatchObject({ Title: 'CEO', Phone: null, Email: null, LastName: 'Vogel' });
  });

  it('keeps system stamps in whole seconds and moves them with every save', async () => {
    const id = await create('Contact', contact());
    const before = (await t.call('GET', `sobjects/Contact/${id}`)).json;
    expect(before.SystemModstamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    await t.control('POST', 'clock', { advanceMs: 5000 });
    await t.call('PATCH', `sobjects/Contact/${id}`, { LastName: 'Vogel' });
    const after = (await t.call('GET', `sobjects/Contact/${id}`)).json;
    expect(after.SystemModstamp > before.SystemModstamp).toBe(true);
    expect(after.CreatedDate).toBe(before.CreatedDate);
  });

  it('stores dates and times in UTC whatever the offset', async () => {
    const id = await create(
      'Contact',
      contact({ Birthdate: '1990-02-28', EmailBouncedDate: '2026-01-31T12:00:00+02:00' }),
    );
    const { json } = await t.call('GET', `sobjects/Contact/${id}`);
    expect(json).toMatchObject({
      Birthdate: '1990-02-28',
      EmailBouncedDate: '2026-01-31T10:00:00.000+0000',
      IsEmailBounced: true,
    });
  });

  it('shows the address as a compound', async () => {
    const id = await create('Contact', contact({ MailingCity: 'Bergen' }));
    const { json } = await t.call('GET', `sobjects/Contact/${id}`);
    expect(json.MailingAddress).toMatchObject({ city: 'Bergen', street: null });
    expect(json.OtherAddress).toBeNull();
  });

  it('sets references by the external id of the parent', async () => {
    await t.control('POST', 'schema', {
      fields: [{ object: 'Account', name: 'Ext__c', type: 'string', externalId: true }],
    });
    const account = await create('Account', { Name: 'Holm', Ext__c: '9' });
    const id = await create('Contact', contact({ Account: { Ext__c: '9' } }));
    expect((await t.call('GET', `sobjects/Contact/${id}`)).json.AccountId).toBe(account);
    const missing = await t.call(
      'POST',
      'sobjects/Contact',
      contact({ Email: null, Account: { Ext__c: '8' } }),
    );
    expect(missing.json[0]).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: 'Foreign key external ID: 8 not found for field Ext__c in entity Account',
    });
  });
});

describe('upsert by a key', () => {
  beforeEach(() =>
    t.control('POST', 'schema', {
      fields: [
        { object: 'Contact', name: 'Ext__c', type: 'string', length: 191, externalId: true, unique: true },
      ],
    }),
  );

  it('creates with 201, updates with 200, before API 46 with 204', async () => {
    const path = 'sobjects/Contact/Ext__c/k%2F1';
    const made = await t.call('PATCH', path, contact());
    expect([made.status, made.json.created]).toEqual([201, true]);
    const again = await t.call('PATCH', path, { Title: 'CEO' });
    expect([again.status, again.json]).toEqual([
      200,
      { id: made.json.id, success: true, errors: [], created: false },
    ]);
    const old = await t.call('PATCH', `/services/data/v45.0/${path}`, { Title: 'CFO' });
    expect([old.status, old.text]).toEqual([204, '']);
    expect((await t.call('GET', `${path}?fields=Title`)).json.Title).toBe('CFO');
    const result = await conn.sobject('Contact').upsert({ Ext__c: 'k2', LastName: 'B' }, 'Ext__c');
    expect(result.success).toBe(true);
  });

  it('takes Email as a key; two matches answer 300 with their addresses', async () => {
    await create('Contact', contact());
    expect(
      (await t.call('PATCH', 'sobjects/Contact/Email/vogel@example.example', { Title: 'x' })).json.created,
    ).toBe(false);
    await create('Contact', contact({ LastName: 'Other' }));
    const many = await t.call('PATCH', 'sobjects/Contact/Email/vogel@example.example', { Title: 'x' });
    expect(many.status).toBe(300);
    expect(many.json).toHaveLength(2);
    expect(many.json[0]).toMatch(/^\/services\/data\/v66\.0\/sobjects\/Contact\/003/);
  });

  it('refuses a field that is no key, and the key in the body', async () => {
    const noKey = await t.call('PATCH', 'sobjects/Contact/Namez/1', contact());
    expect([noKey.status, noKey.json[0]]).toEqual([
      404,
      {
        errorCode: 'NOT_FOUND',
        message: 'Provided external ID field does not exist or is not accessible: Namez',
      },
    ]);
    const twice = await t.call('PATCH', 'sobjects/Contact/Ext__c/1', contact({ Ext__c: '1' }));
    expect([twice.status, twice.json[0].errorCode]).toEqual([400, 'INVALID_FIELD']);
  });

  it('never creates with updateOnly, and creates at /Id', async () => {
    expect((await t.call('PATCH', 'sobjects/Contact/Ext__c/9?updateOnly=true', contact())).status).toBe(404);
    const made = await t.call('POST', 'sobjects/Contact/Id', contact());
    expect([made.status, made.json.created]).toEqual([201, true]);
  });

  it('names the other record when a unique value is taken', async () => {
    const id = await create('Contact', contact({ Ext__c: 'u' }));
    const answer = await t.call('POST', 'sobjects/Contact', { LastName: 'C', Ext__c: 'U' });
    expect(answer.json).toEqual([
      {
        message: `duplicate value found: Ext__c duplicates value on record with id: ${id.slice(0, 15)}`,
        errorCode: 'DUPLICATE_VALUE',
        fields: [],
      },
    ]);
  });
});
