import { describe, expect, it } from 'vitest';
import { expectValue } from '#lib/testing/crm.ts';
import type { RecordCursor, RecordStamp } from '../ports.ts';
import { emptyOrgPerTest, salesforce, simulator, token } from './testing.ts';

emptyOrgPerTest();

const data = '/services/data/v66.0';
const minute = 60_000;

async function createLeads(count: number, name = 'Lead'): Promise<string[]> {
  const leads = Array.from({ length: count }, (_, at) => ({
    object: 'Lead' as const,
    values: { LastName: `${name}${at}`, Company: 'Trial' },
  }));
  const created = expectValue(await salesforce.createRecords(leads, { autoAssign: false }));
  return created.map((each) => expectValue(each).id);
}

async function deleteLead(id: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${simulator.url}${data}/sobjects/Lead/${id}`, { method: 'DELETE', headers });
  expect(answer.status).toBe(204);
}

async function since(cursor: RecordCursor): Promise<RecordStamp[][]> {
  const pages: RecordStamp[][] = [];
  for await (const page of salesforce.changedRecords('Lead', cursor)) pages.push(expectValue(page).stamps);
  return pages;
}
const cursorOf = (stamp: RecordStamp | undefined): RecordCursor => ({
  at: stamp?.systemModstamp ?? new Date(0),
  id: stamp?.id ?? null,
});
const beginning = { at: new Date(0), id: null };
const idsOf = (pages: RecordStamp[][]) => pages.flat().map(({ id }) => id);

describe('changes by SystemModstamp', () => {
  it('are all found once and in order, though thousands share a second, from any cursor on', async () => {
    const ids = await createLeads(2_300);
    const pages = await since(beginning);
    expect(pages.map((page) => page.length)).toEqual([2_000, 300]);
    const all = pages.flat();
    expect(idsOf(pages).sort()).toEqual([...ids].sort());
    const keys = all.map(({ systemModstamp, id }) => `${systemModstamp.toISOString()} ${id}`);
    expect(keys).toEqual([...keys].sort());
    for (const position of [700, 2_299]) {
      expect(idsOf(await since(cursorOf(all[position])))).toEqual(
        all.slice(position + 1).map(({ id }) => id),
      );
    }
  });

  it('take in the whole second of a cursor without an id', async () => {
    const [id] = await createLeads(1);
    const [stamp] = (await since(beginning)).flat();
    const at = new Date((stamp?.systemModstamp.getTime() ?? 0) + 999);
    expect(idsOf(await since({ at, id: null }))).toEqual([id]);
    expect(await since({ at: new Date(at.getTime() + 1), id: null })).toEqual([]);
  });

  it('tell who changed a record, and those that lie in the bin', async () => {
    const [changed = '', deleted = ''] = await createLeads(3);
    const last = (await since(beginning)).flat().at(-1);
    await simulator.clock(5_000);
    await deleteLead(deleted);
    await simulator.clock(5_000);
    const change = { id: changed, object: 'Lead' as const, values: { Title: 'New' } };
    expectValue(await salesforce.updateRecords([change]));
    const found = (await since(cursorOf(last))).flat();
    expect(found.map(({ id, isDeleted, mergedInto }) => [id, isDeleted, mergedInto])).toEqual([
      [deleted, true, null],
      [changed, false, null],
    ]);
    const users = expectValue(await salesforce.users());
    const us = users.find(({ email }) => email.startsWith('integration'))?.id;
    expect(found[1]?.lastModifiedById).toBe(us);
  });

  it('end with the failure when Salesforce fails', async () => {
    await simulator.faults([
      { path: `${data}/queryAll`, status: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'no' }] },
    ]);
    const pages = [];
    for await (const page of salesforce.changedRecords('Lead', beginning)) pages.push(page);
    expect(pages).toMatchObject([{ ok: false, failure: { code: 'INVALID_FIELD' } }]);
  });
});

describe('changes of a span', () => {
  it('tell what was changed and what was deleted, and until when that is certain', async () => {
    const [kept = '', deleted = ''] = await createLeads(2);
    const start = new Date((await createdAt(kept)) - minute);
    await deleteLead(deleted);
    await simulator.clock(2 * minute);
    const span = { start, end: new Date(start.getTime() + 3 * minute) };
    const updated = expectValue(await salesforce.updatedIds('Lead', span));
    expect(updated.ids).toEqual([kept]);
    expect(updated.coveredUntil.getTime()).toBeGreaterThan(start.getTime());
    expect(updated.coveredUntil.getTime()).toBeLessThanOrEqual(span.end.getTime());
    const gone = expectValue(await salesforce.deletedIds('Lead', span));
    expect(gone.deleted.map(({ id }) => id)).toEqual([deleted]);
    expect(gone.deleted[0]?.at.getTime()).toBeGreaterThan(start.getTime());
    expect(gone.knownSince.getTime()).toBeLessThan(start.getTime());
  });

  it('are refused when they lie too far back', async () => {
    const [kept = ''] = await createLeads(1);
    const end = new Date(await createdAt(kept));
    const span = { start: new Date(end.getTime() - 20 * 24 * 60 * minute), end };
    expectValue(await salesforce.updatedIds('Lead', span));
    expect(await salesforce.deletedIds('Lead', span)).toMatchObject({
      failure: { code: 'INVALID_REPLICATION_DATE' },
    });
  });

  async function createdAt(id: string): Promise<number> {
    const [record] = expectValue(await salesforce.readRecords('Lead', [id], []));
    return record?.systemModstamp.getTime() ?? 0;
  }
});

describe('counts', () => {
  it('name both objects, also one without records', async () => {
    await createLeads(3);
    expect(expectValue(await salesforce.recordCounts())).toEqual({ Lead: 3, Contact: 0 });
  });
});
