import { parse } from 'csv-parse/sync';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from './testing.ts';

let t: TestOrg;
let conn: Connection;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());
beforeEach(async () => {
  await t.control('POST', 'reset', { seed: 'empty' });
  await t.control('POST', 'config', { bulkStepMs: 10 });
  conn = await t.connect();
});

const advance = (advanceMs: number) => t.control('POST', 'clock', { advanceMs });
const rows = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

describe('query', () => {
  beforeEach(async () => {
    await conn.sobject('Account').create({ Name: 'Holm, "Ltd"' });
    const account = (await conn.query<{ Id: string }>('SELECT Id FROM Account')).records[0];
    await conn
      .sobject('Contact')
      .create(Array.from({ length: 5 }, (_, i) => ({ LastName: `L${i}`, AccountId: account?.Id })));
  });

  it('streams one page through jsforce', async () => {
    const stream = await conn.bulk2.query(
      'SELECT LastName, Account.Name, Title FROM Contact ORDER BY LastName',
      {
        pollInterval: 20,
        pollTimeout: 20_000,
      },
    );
    const records = await stream.toArray();
    expect(records).toHaveLength(5);
    expect(records[0]).toEqual({ LastName: 'L0', 'Account.Name': 'Holm, "Ltd"', Title: '' });
  });

  it('pages by locator, with the text null at the last page', async () => {
    const { json } = await t.call('POST', 'jobs/query', {
      operation: 'query',
      query: 'SELECT Id FROM Contact',
    });
    expect(json.state).toBe('UploadComplete');
    expect((await t.call('GET', `jobs/query/${json.id}/results`)).status).toBe(204);
    await advance(100);
    const job = (await t.call('GET', `jobs/query/${json.id}`)).json;
    expect(job).toMatchObject({ state: 'JobComplete', jobType: 'V2Query', numberRecordsProcessed: 5 });
    const ids: string[] = [];
    let locator: string | null = '';
    const pages: (string | null)[] = [];
    while (locator !== 'null') {
      const page: Awaited<ReturnType<typeof t.call>> = await t.call(
        'GET',
        `jobs/query/${json.id}/results?maxRecords=2${locator ? `&locator=${locator}` : ''}`,
      );
      ids.push(...rows(page.text).map((row) => row.Id ?? ''));
      pages.push(page.headers.get('sforce-numberofrecords'));
      locator = page.headers.get('sforce-locator');
    }
    expect(pages).toEqual(['2', '2', '1']);
    expect(new Set(ids).size).toBe(5);
  });

  it.each([
    'SELECT COUNT(Id) FROM Contact',
    'SELECT Id, (SELECT Id FROM Tasks) FROM Contact',
    'SELECT Id FROM Contact LIMIT 5 OFFSET 1',
    'SELECT MailingAddress FROM Contact',
    'SELECT Nope FROM Contact',
  ])('refuses %s', async (query) => {
    expect((await t.call('POST', 'jobs/query', { operation: 'query', query })).status).toBe(400);
  });
});
