import { describe, expect, it } from 'vitest';
import type { Values } from '#lib/crm/ports.ts';
import { World } from '../../testing/world.ts';
import { Ground } from '../testing.ts';
import { nextPauseMs } from './bulk-job.ts';

const minute = 60_000;
const names = ['ann', 'bo', 'cy', 'di'];

/** New contacts of one city, all of whom wait in the inbox; from two on they are created by Bulk. */
async function beginning(): Promise<Ground> {
  const world = new World(1);
  world.bulkFrom = 2;
  const made = new Ground(world);
  made.chooseCity();
  for (const name of names) {
    const owner: Values = name === 'di' ? { hubspot_owner_id: '70' } : {};
    made.contact({ email: `${name}@x.example`, lastname: name, company: 'Acme', city: 'Lund', ...owner });
  }
  made.world.advance(minute);
  for (const contactId of made.world.account.contacts.keys()) await made.trigger({ contactId }, 'created');
  return made;
}

async function workToEnd(made: Ground): Promise<void> {
  for (let tries = 0; tries < 30 && made.waiting().length > 0; tries += 1) {
    await made.work();
    made.world.advance(minute);
  }
  expect(made.waiting()).toEqual([]);
}

const inBulk = (made: Ground) =>
  made.world.trace.filter((event) => event.kind === 'write' && event.inBulk).length;
const addresses = (made: Ground) => made.world.org.all().map(({ values }) => values.Email);
const everybody = names.map((name) => `${name}@x.example`);
const openIntents = (made: Ground) => made.world.db.intents.where(({ state }) => state === 'OPEN');

/** What is left when all is done: one record and one link each, one outcome, nothing under way. */
function expectWhole(made: Ground, hint: string): void {
  expect(addresses(made).sort(), hint).toEqual(everybody);
  expect(made.links(), hint).toHaveLength(names.length);
  expect(openIntents(made), hint).toEqual([]);
  expect(
    made.outcomes().map(({ result }) => result),
    hint,
  ).toEqual(names.map(() => 'CREATED'));
}

describe('4: creating in bulk', () => {
  it('4: many are created by one job, those without an owner by the assignment rule', async () => {
    const made = await beginning();
    await workToEnd(made);
    expectWhole(made, '');
    expect(inBulk(made)).toBe(3);
    const jobs = new Set(made.world.db.intents.where(() => true).map(({ jobId }) => jobId));
    expect(jobs.size).toBe(2);
  });

  it('4: whoever dies at any call is followed by one that creates nobody twice', async () => {
    const whole = await beginning();
    const before = whole.worker.worker.passed();
    await whole.work();
    const calls = whole.worker.worker.passed() - before;
    for (let diesAfter = 1; diesAfter <= calls; diesAfter += 1) {
      const made = await beginning();
      await made
        .mortal(diesAfter)
        .work()
        .catch(() => undefined);
      made.world.advance(minute);
      await workToEnd(made);
      expectWhole(made, `death at call ${diesAfter}`);
    }
  });

  it('4: an answer that never came leaves the job to whoever comes next', async () => {
    for (const method of ['openBulkJob', 'startBulkJob', 'bulkJob', 'bulkResults']) {
      for (const kind of ['cutBefore', 'cutAfter', 'rateLimited'] as const) {
        const made = await beginning();
        made.world.faults.add({ crm: 'salesforce', method, kind });
        await made.work();
        made.world.advance(minute);
        await workToEnd(made);
        expectWhole(made, `${method} ${kind}`);
      }
    }
  });

  it('4: what a job refuses goes by collections, which tell why', async () => {
    const made = await beginning();
    const { salesforce } = made.deps;
    const { bulkResults } = salesforce;
    made.world.faults.add({ crm: 'salesforce', method: 'createRecords', kind: 'badRow' });
    salesforce.startBulkJob = async () => ({ ok: true, value: undefined });
    salesforce.bulkJob = async () => ({
      ok: true,
      value: { state: 'done', processed: 3, failed: 3, message: null },
    });
    salesforce.bulkResults = async (jobId, rows) => {
      const results = await bulkResults(jobId, rows);
      const unprocessed = everybody.map((Email) => ({ Email }));
      return results.ok ? { ok: true, value: { ...results.value, unprocessed } } : results;
    };
    await made.work();
    const failed = made.outcomes().filter(({ result }) => result === 'FAILED');
    expect(failed).toMatchObject([{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }]);
    expect(made.links()).toHaveLength(names.length - 1);
    expect(openIntents(made)).toEqual([]);
  });
});

describe('7: a gate that changes while a job is open', () => {
  it('7: aborts the job: nobody is created by it', async () => {
    const made = await beginning();
    const { hubspot, salesforce } = made.deps;
    const { openBulkJob } = salesforce;
    const { memberships } = hubspot;
    let isOpen = false;
    const jobIds: string[] = [];
    salesforce.openBulkJob = async (job) => {
      const opened = await openBulkJob(job);
      isOpen = true;
      if (opened.ok) jobIds.push(opened.value.jobId);
      return opened;
    };
    hubspot.memberships = async (ids) => {
      const answer = await memberships(ids);
      if (isOpen) made.world.db.changeSetting('inclusionListId', made.world.listIds[1] ?? null);
      return answer;
    };
    await made.deps.store.now();
    await made.work();
    const state = await salesforce.bulkJob(jobIds[0] ?? '');
    expect(state).toMatchObject({ value: { state: 'aborted', processed: 0 } });
    expect(inBulk(made)).toBe(0);
    expect(openIntents(made)).toEqual([]);
  });
});

describe('8: waiting for a job', () => {
  it('8: asks again when the rest is done at the speed so far', () => {
    expect(nextPauseMs(1_000, { waitedMs: 1_000, processed: 0, rows: 9_000 })).toBe(2_000);
    expect(nextPauseMs(2_000, { waitedMs: 3_000, processed: 3_000, rows: 9_000 })).toBe(6_000);
    expect(nextPauseMs(2_000, { waitedMs: 3_000, processed: 8_999, rows: 9_000 })).toBe(1_000);
    expect(nextPauseMs(2_000, { waitedMs: 60_000, processed: 100, rows: 9_000 })).toBe(30_000);
  });
});
