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

const open = async (body: object) => (await t.call('POST', 'jobs/ingest', body)).json;
const put = (id: string, csv: string) =>
  t.call('PUT', `jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
const state = async (id: string) => (await t.call('GET', `jobs/ingest/${id}`)).json;
const advance = (advanceMs: number) => t.control('POST', 'clock', { advanceMs });

/** Runs a whole ingest job and answers its end. */
async function ingest(body: object, csv: string) {
  const job = await open(body);
  await put(job.id, csv);
  await t.call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' });
  await advance(100);
  return { id: job.id as string, end: await state(job.id) };
}
const file = async (id: string, name: string) => (await t.call('GET', `jobs/ingest/${id}/${name}`)).text;
const rows = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

describe('ingest', () => {
  it('runs through jsforce: insert with a failing row, and the recorded error text', async () => {
    const result = await conn.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [
        { Name: 'Holm', Site: 'a' },
        { Name: '', Site: 'b' },
      ],
      pollInterval: 20,
      pollTimeout: 20_000,
    });
    expect(result.successfulResults).toMatchObject([
      { sf__Created: 'true', Name: 'Holm', sf__Id: expect.stringMatching(/^001\w{15}$/) },
    ]);
    expect(result.failedResults).toMatchObject([
      { sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --', Site: 'b' },
    ]);
  });

  it('passes through its states with the recorded keys', async () => {
    const job = await open({ object: 'contact', operation: 'insert' });
    expect(job).toMatchObject({
      state: 'Open',
      object: 'Contact',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 66,
      contentUrl: `services/data/v66.0/jobs/ingest/${job.id}/batches`,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    expect(job.id).toMatch(/^750\w{15}$/);
    await t.control('POST', 'config', { bulkStepMs: 60_000 });
    const uploaded = await put(job.id, 'LastName\nA\n');
    expect([uploaded.status, uploaded.text]).toEqual([201, '']);
    expect((await put(job.id, 'LastName\nA\n')).json[0].errorCode).toBe('INVALIDJOBSTATE');
    await t.call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' });
    const seen = [(await state(job.id)).state];
    for (let i = 0; i < 2; i++) {
      await advance(60_000);
      seen.push((await state(job.id)).state);
    }
    expect(seen).toEqual(['UploadComplete', 'InProgress', 'JobComplete']);
    expect(await state(job.id)).toMatchObject({
      jobType: 'V2Ingest',
      numberRecordsProcessed: 1,
      numberRecordsFailed: 0,
      retries: 0,
      isPkChunkingSupported: true,
    });
    const aborted = await t.call('PATCH', `jobs/ingest/${job.id}`, { state: 'Aborted' });
    expect(aborted.json).toEqual([
      { message: 'Aborting already Completed Job not allowed', errorCode: 'INVALIDJOBSTATE' },
    ]);
    expect((await t.call('DELETE', `jobs/ingest/${job.id}`)).status).toBe(204);
    expect((await t.call('GET', `jobs/ingest/${job.id}`)).status).toBe(404);
  });

  it('leaves empty cells as they are and empties with #N/A', async () => {
    const made = await conn.sobject('Contact').create({ LastName: 'A', Title: 'CEO', Phone: '1' });
    const { end } = await ingest(
      { object: 'Contact', operation: 'update' },
      `ID,title,phone\n${made.id},,#N/A\n`,
    );
    expect(end.state).toBe('JobComplete');
    expect(await conn.sobject('Contact').retrieve(String(made.id))).toMatchObject({
      Title: 'CEO',
      Phone: null,
    });
  });

  it('upserts by external id, with references by external id', async () => {
    await t.control('POST', 'schema', {
      fields: ['Account', 'Contact'].map((object) => ({
        object,
        name: 'Ext__c',
        type: 'string',
        externalId: true,
        unique: true,
      })),
    });
    await conn.sobject('Account').create({ Name: 'Holm', Ext__c: 'a1' });
    const job = { object: 'Contact', operation: 'upsert', externalIdFieldName: 'Ext__c' };
    const csv = 'Id,Ext__c,LastName,Account.Ext__c\n"","c1","A ""quoted"", name\nsecond",a1\n,c2,B,nope\n';
    const { id, end } = await ingest(job, csv);
    expect(end).toMatchObject({
      numberRecordsProcessed: 2,
      numberRecordsFailed: 1,
      externalIdFieldName: 'Ext__c',
    });
    const [success] = rows(await file(id, 'successfulResults/'));
    expect(success).toMatchObject({ sf__Created: 'true', LastName: 'A "quoted", name\nsecond' });
    expect(rows(await file(id, 'failedResults'))[0]?.sf__Error).toContain(
      'Foreign key external ID: nope not found',
    );
    const again = await ingest(job, 'Ext__c,LastName\nc1,C\n');
    expect(rows(await file(again.id, 'successfulResults'))[0]?.sf__Created).toBe('false');
  });

  it.each([
    ['TAB', '\t', 'CRLF', '\r\n'],
    ['PIPE', '|', 'LF', '\n'],
    ['SEMICOLON', ';', 'LF', '\n'],
    ['CARET', '^', 'CRLF', '\r\n'],
    ['BACKQUOTE', '`', 'LF', '\n'],
  ])('speaks %s', async (columnDelimiter, sign, lineEnding, end) => {
    const csv =
      [
        ['LastName', 'Title'],
        ['A', 'x'],
      ]
        .map((row) => row.join(sign))
        .join(end) + end;
    const job = await ingest({ object: 'Contact', operation: 'insert', columnDelimiter, lineEnding }, csv);
    expect(job.end.numberRecordsProcessed).toBe(1);
    const result = await file(job.id, 'successfulResults');
    expect(result.split(end)[0]).toBe(['"sf__Id"', '"sf__Created"', '"LastName"', '"Title"'].join(sign));
  });

  it('fails as a whole for an unknown column or the wrong line ending', async () => {
    const unknown = await ingest({ object: 'Contact', operation: 'insert' }, 'LastName,Foo\nA,1\n');
    expect(unknown.end).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Foo',
    });
    const ending = await ingest({ object: 'Contact', operation: 'insert' }, 'LastName\r\nA\r\n');
    expect(ending.end.errorMessage).toContain('LineEnding is invalid on user data');
  });

  it('ends a job with an empty upload, deletes, hard-deletes', async () => {
    expect((await ingest({ object: 'Contact', operation: 'insert' }, '')).end).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 0,
    });
    const made = await conn.sobject('Contact').create([{ LastName: 'A' }, { LastName: 'B' }]);
    await ingest({ object: 'Contact', operation: 'delete' }, `Id\n${made[0]?.id}\n`);
    await ingest({ object: 'Contact', operation: 'hardDelete' }, `Id\n${made[1]?.id}\n`);
    const left = await conn.query('SELECT Id FROM Contact', { scanAll: true });
    expect(left.records).toMatchObject([{ Id: made[0]?.id }]);
  });

  it('runs without being polled', async () => {
    const job = await open({ object: 'Contact', operation: 'insert' });
    await put(job.id, 'LastName\nA\n');
    await t.call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' });
    await advance(1000);
    expect((await conn.query('SELECT count() FROM Contact')).totalSize).toBe(1);
  });

  it.each([
    [{ object: 'Nope', operation: 'insert' }, 'INVALIDENTITY'],
    [{ object: 'Contact', operation: 'explode' }, 'INVALIDJOB'],
    [{ object: 'Contact', operation: 'upsert' }, 'INVALIDJOB'],
    [{ object: 'Contact', operation: 'insert', columnDelimiter: 'DOT' }, 'INVALIDJOB'],
  ])('refuses %o', async (body, code) => {
    const answer = await t.call('POST', 'jobs/ingest', body);
    expect([answer.status, answer.json[0].errorCode]).toEqual([400, code]);
  });
});
