import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from './testing.ts';

describe('paging', () => {
  let pages: TestOrg;
  beforeAll(async () => {
    pages = await startTestOrg({ seed: 'empty', records: 4500 });
  });
  afterAll(() => pages.org.stop());

  it('pages a snapshot of 2,000 rows, by jsforce', async () => {
    const own = await pages.connect();
    const first = await own.query<{ Id: string; Title: string }>('SELECT Id, Title FROM Lead ORDER BY Id');
    expect(first).toMatchObject({ done: false });
    expect(first.records).toHaveLength(2000);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v66\.0\/query\/01g\w{15}-2000$/);
    const last = (await own.query<{ Id: string }>('SELECT Id FROM Lead ORDER BY Id DESC LIMIT 1')).records[0];
    await own.sobject('Lead').update({ Id: String(last?.Id), Title: 'Changed since' });
    const seen = [...first.records];
    let page = first;
    while (!page.done) {
      page = await own.queryMore(page.nextRecordsUrl ?? '');
      seen.push(...page.records);
    }
    expect(seen).toHaveLength(first.totalSize);
    expect(new Set(seen.map((row) => row.Id)).size).toBe(first.totalSize);
    expect(seen.at(-1)?.Title).not.toBe('Changed since');
  });

  it('honours batchSize from 200, and ends locators after two days', async () => {
    const small = await pages.call('GET', 'query?q=SELECT+Id+FROM+Lead', undefined, {
      'sforce-query-options': 'batchSize=250',
    });
    expect(small.json.records).toHaveLength(250);
    const least = await pages.call('GET', 'queryAll?q=SELECT+Id+FROM+Lead', undefined, {
      'sforce-query-options': 'batchSize=1',
    });
    expect(least.json.records).toHaveLength(200);
    expect(least.json.nextRecordsUrl).toContain('/query/');
    await pages.control('POST', 'clock', { advanceMs: 48 * 3_600_000 });
    for (const stale of [small.json.nextRecordsUrl, '/services/data/v66.0/query/01g000000000001AAA-2000']) {
      const answer = await pages.call('GET', stale);
      expect(answer.status).toBe(400);
      expect(answer.text).toBe('[{"message":"invalid query locator","errorCode":"INVALID_QUERY_LOCATOR"}]');
    }
  });
});
