import { describe, expect, it } from 'vitest';
import { expectValue } from '#lib/testing/crm.ts';
import { emptyOrgPerTest, salesforce, simulator } from './testing.ts';

emptyOrgPerTest();

const composites = async () =>
  (await simulator.requests()).counts['POST /services/data/v66.0/composite'] ?? 0;

describe('changes of addresses', () => {
  it('are read five pages a call, each record once', async () => {
    const people = 12_500;
    const { jobId } = expectValue(await salesforce.openBulkJob({ object: 'Lead', operation: 'insert' }));
    const rows = Array.from({ length: people }, (_, at) => ({
      ...{ LastName: `Lead${at}`, Company: 'Trial', Email: `Lead${at}@trial.example` },
    }));
    expectValue(await salesforce.startBulkJob(jobId, rows));
    await simulator.clock(1_000);
    expect(expectValue(await salesforce.bulkJob(jobId))).toMatchObject({ state: 'done', failed: 0 });
    const before = await composites();
    const span = { from: new Date(0), since: new Date(0), own: new Date(0) };
    const us = '005000000000001AAA';
    const { Lead, Contact } = expectValue(
      await salesforce.changedAddresses({ Lead: span, Contact: span }, us),
    );
    expect((await composites()) - before).toBe(3);
    expect(Contact).toEqual({ earlier: 0, changed: [] });
    expect(new Set(Lead.changed.map(({ id }) => id)).size).toBe(people);
    const addresses = new Set(Lead.changed.map(({ address }) => address));
    expect(addresses.size).toBe(people);
    expect(addresses.has('lead12499@trial.example')).toBe(true);
  });

  it('end with the failure of a query', async () => {
    await simulator.config({ profiles: { 'Integration User': { objects: { Lead: { read: false } } } } });
    const span = { from: new Date(0), since: new Date(0), own: new Date(0) };
    const answer = await salesforce.changedAddresses({ Lead: span, Contact: span }, '005000000000001AAA');
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rejected' } });
  });
});
