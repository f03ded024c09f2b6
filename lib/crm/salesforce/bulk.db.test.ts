import { describe, expect, it } from 'vitest';
import { expectValue } from '#lib/testing/crm.ts';
import type { BulkState, SalesforceRecord, Values } from '../ports.ts';
import { emptyOrgPerTest, salesforce, simulator } from './testing.ts';

emptyOrgPerTest();

async function ended(jobId: string): Promise<BulkState> {
  await simulator.clock(1_000);
  return expectValue(await salesforce.bulkJob(jobId));
}

async function run(operation: 'insert' | 'update', rows: Values[]) {
  const { jobId } = expectValue(await salesforce.openBulkJob({ object: 'Lead', operation }));
  expectValue(await salesforce.startBulkJob(jobId, rows));
  const state = await ended(jobId);
  return { jobId, state, results: expectValue(await salesforce.bulkResults(jobId, rows.length)) };
}

async function scan(fields: string[]): Promise<SalesforceRecord[]> {
  const records: SalesforceRecord[] = [];
  for await (const page of salesforce.scanRecords('Lead', fields)) records.push(...expectValue(page));
  return records;
}

const lead = (name: string, values: Values = {}): Values => ({ LastName: name, Company: 'Trial', ...values });

describe('writing in bulk', () => {
  it('creates records, tells the refused ones with their reason, and takes columns from every row', async () => {
    const { state, results } = await run('insert', [
      lead('One, "quoted"\nand broken'),
      lead('Two', { Email: 'two@trial.example', NumberOfEmployees: '12' }),
      { LastName: 'Nobody', Email: 'nobody@trial.example' },
      lead('Bad', { Email: 'no address' }),
    ]);
    expect(state).toEqual({ state: 'done', processed: 4, failed: 2, message: null });
    expect(results.unprocessed).toEqual([]);
    expect(results.saved.map(({ values, created }) => [values.LastName, created]).sort()).toEqual([
      ['One, "quoted"\nand broken', true],
      ['Two', true],
    ]);
    const refused = new Map(results.refused.map(({ values, failure }) => [values.LastName, failure]));
    expect(refused.get('Nobody')).toMatchObject({ code: 'REQUIRED_FIELD_MISSING', fields: ['Company'] });
    expect(refused.get('Bad')).toMatchObject({ code: 'INVALID_EMAIL_ADDRESS', category: 'values' });
    const ids = results.saved.map(({ id }) => id);
    const records = expectValue(await salesforce.readRecords('Lead', ids, ['LastName', 'NumberOfEmployees']));
    const two = records.find((record) => record?.values.LastName === 'Two');
    expect(Number(two?.values.NumberOfEmployees)).toBe(12);
  });

  it('changes only what a row names, and empties by null', async () => {
    const made = await run('insert', [
      lead('Keep', { Title: 'Old', Phone: '1' }),
      lead('Empty', { Title: 'Old', Phone: '1' }),
    ]);
    const idOf = (name: string) =>
      made.results.saved.find(({ values }) => values.LastName === name)?.id ?? '';
    const rows: Values[] = [
      { Id: idOf('Keep'), Title: 'New' },
      { Id: idOf('Empty'), Phone: null },
      { Id: '00QgK000009999xUAA', Title: 'x' },
    ];
    const { results } = await run('update', rows);
    expect(results.saved).toHaveLength(2);
    expect(results.saved.every(({ created }) => !created)).toBe(true);
    expect(results.refused).toMatchObject([
      { values: { Id: '00QgK000009999xUAA', Title: 'x' }, failure: { kind: 'rejected' } },
    ]);
    const records = expectValue(
      await salesforce.readRecords('Lead', [idOf('Keep'), idOf('Empty')], ['Title', 'Phone']),
    );
    expect(records.map((record) => record?.values)).toEqual([
      { Title: 'New', Phone: '1' },
      { Title: 'Old', Phone: null },
    ]);
  });

  it('has owners given by the active assignment rule, which a job names by its id', async () => {
    const [integration, other] = expectValue(await salesforce.users());
    const ownerId = other?.id ?? '';
    expect(expectValue(await salesforce.activeAssignmentRule('Lead'))).toBeNull();
    const entries = [{ ownerId }];
    const assignment = [
      {
        id: '01QgK0000000001AAA',
        object: 'Lead',
        active: false,
        entries: [{ ownerId: integration?.id ?? '' }],
      },
      { id: '01QgK0000000002AAA', object: 'Lead', entries },
    ];
    await simulator.config({ rules: { assignment } });
    const ruleId = expectValue(await salesforce.activeAssignmentRule('Lead')) ?? '';
    expect(expectValue(await salesforce.activeAssignmentRule('Contact'))).toBeNull();
    const opened = await salesforce.openBulkJob({
      ...{ object: 'Lead', operation: 'insert', assignmentRuleId: ruleId },
    });
    const { jobId } = expectValue(opened);
    expectValue(await salesforce.startBulkJob(jobId, [lead('One')]));
    await ended(jobId);
    const { saved } = expectValue(await salesforce.bulkResults(jobId, 1));
    const [record] = expectValue(await salesforce.readRecords('Lead', [saved[0]?.id ?? ''], ['OwnerId']));
    expect(record?.values.OwnerId).toBe(ownerId);
  });

  it('asks for what was refused only where not all was saved', async () => {
    const refusals = async () => {
      const { counts } = await simulator.requests();
      return counts['GET /services/data/v66.0/jobs/ingest/{id}/failedResults'] ?? 0;
    };
    await run('insert', [lead('One'), lead('Two')]);
    expect(await refusals()).toBe(0);
    const { results } = await run('insert', [lead('Three'), { LastName: 'Nobody' }]);
    expect([results.saved.length, results.refused.length, await refusals()]).toEqual([1, 1, 1]);
  });

  it('tells why a whole job failed', async () => {
    const { jobId } = expectValue(await salesforce.openBulkJob({ object: 'Lead', operation: 'insert' }));
    expectValue(await salesforce.startBulkJob(jobId, [lead('One', { No_Such__c: 'x' })]));
    const state = await ended(jobId);
    expect(state.state).toBe('failed');
    expect(state.message).toContain('No_Such__c');
  });

  it('gives up a job that has not ended, and no other', async () => {
    const { jobId } = expectValue(await salesforce.openBulkJob({ object: 'Lead', operation: 'insert' }));
    expect(expectValue(await salesforce.bulkJob(jobId)).state).toBe('open');
    expectValue(await salesforce.abortBulkJob(jobId));
    expect(expectValue(await salesforce.bulkJob(jobId)).state).toBe('aborted');
    const { jobId: done } = await run('insert', [lead('One')]);
    expect(await salesforce.abortBulkJob(done)).toMatchObject({ failure: { code: 'INVALIDJOBSTATE' } });
    expect(await salesforce.bulkResults('750000000000000AAA', 1)).toMatchObject({ ok: false });
  });
});

describe('scanning', () => {
  it('reads every record over several pages, as reading by id gives it', async () => {
    await simulator.config({ bulkQueryPage: 6_000 });
    const rows = Array.from({ length: 10_200 }, (_, at) => lead(`Žofie${at}`));
    const { results } = await run('insert', [...rows, lead('Full, "of" signs\nand lines', { Title: 'x' })]);
    const scanned = await scan(['LastName', 'Title']);
    expect(scanned).toHaveLength(10_201);
    expect(new Set(scanned.map(({ id }) => id)).size).toBe(10_201);
    expect(new Set(scanned.map(({ values }) => values.LastName)).size).toBe(10_201);
    expect(scanned.every(({ values }) => /^(Žofie|Full)/.test(values.LastName ?? ''))).toBe(true);
    const full = scanned.find(({ values }) => values.Title === 'x');
    const [read] = expectValue(await salesforce.readRecords('Lead', [full?.id ?? ''], ['LastName', 'Title']));
    expect(full).toEqual(read);
    expect(results.saved).toHaveLength(10_201);
  });

  it('finds nothing in an empty org, and ends with the failure of the query', async () => {
    expect(await scan([])).toEqual([]);
    const pages = [];
    for await (const page of salesforce.scanRecords('Lead', ['No_Such__c'])) pages.push(page);
    expect(pages).toMatchObject([{ ok: false, failure: { kind: 'rejected' } }]);
  });
});
