import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { chooseSegment, connectedWorkspace } from '../testing.ts';
import { pollSegment } from './poll-segment.ts';
import { changeContact, createContact, depsOf, hubspotOf, kindsInInbox } from './testing.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let counter = 0;

const filter = (...cities: string[]) => ({
  filterBranchType: 'OR',
  filters: [],
  filterBranches: cities.map((value) => ({
    filterBranchType: 'AND',
    filterBranches: [],
    filters: [
      {
        filterType: 'PROPERTY',
        property: 'city',
        operation: { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values: [value] },
      },
    ],
  })),
});

async function segment(name: string, ...cities: string[]): Promise<string> {
  const made = await (await hubspotOf(workspace)).createList({
    ...{ name, objectTypeId: '0-1', processingType: 'DYNAMIC' },
    filterBranch: filter(...cities),
  });
  if (!made.ok) throw new Error(made.failure.kind);
  await moveClock(60_000, simulators.current);
  return made.value.listId;
}

async function contactIn(city: string): Promise<string> {
  counter += 1;
  return createContact(workspace, { email: `member${counter}@segments.example`, city });
}

/** One poll of the segment alone, a minute and a half later. */
async function poll(waitMs = 90_000): Promise<void> {
  await moveClock(waitMs, simulators.current);
  const end = await pollSegment(await depsOf(workspace));
  expect(end).toMatchObject({ ok: true, value: { left: false } });
}
const openStays = async (listId: string) =>
  (await db().membership.findMany({ where: { listId, until: null } }))
    .map(({ contactId }) => contactId)
    .sort();
const watch = (listId: string) => db().segmentWatch.findFirstOrThrow({ where: { listId } });
const joined = (...ids: string[]) => ids.map((id) => `joined ${id}`).sort();

let lund: string;
let home: string;

beforeAll(async () => {
  await simulators.current.reset({ seed: 'empty' });
  workspace = await connectedWorkspace(simulators.current);
  home = await contactIn('Lund');
  lund = await segment('Lund', 'Lund');
  await chooseSegment(workspace, lund);
  await poll();
});

beforeEach(async () => {
  await db().trigger.deleteMany();
  await db().alarm.deleteMany();
});

describe('2: joining', () => {
  it('2: is nobody who was there when the segment was chosen', async () => {
    expect(await openStays(lund)).toEqual([home]);
    expect(await watch(lund)).toMatchObject({ state: 'READY' });
    expect(await kindsInInbox(workspace)).toEqual([]);
  });

  it('2: is whoever came in since, found by two calls; 7: a third one tells through which criterion', async () => {
    await poll();
    const id = await contactIn('Lund');
    const before = (await simulators.current.hubspot.requests()).total;
    await poll();
    const made = (await simulators.current.hubspot.requests()).total - before;
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
    expect(made).toBe(3);
    const stay = await db().membership.findFirstOrThrow({ where: { contactId: id } });
    expect(stay.through).toEqual({ property: 'city', value: 'Lund', group: 0 });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });

  it('2: is whoever left and came back between two polls', async () => {
    const id = await contactIn('Lund');
    await poll();
    await db().trigger.deleteMany();
    await changeContact(workspace, id, { city: 'Ystad' });
    await moveClock(30_000, simulators.current);
    await changeContact(workspace, id, { city: 'Lund' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
    const stays = await db().membership.findMany({ where: { contactId: id }, orderBy: { addedAt: 'asc' } });
    expect(stays.map(({ until }) => until === null)).toEqual([false, true]);
  });

  it('2: leavers are what the growth of the size does not explain; 7: since when is kept', async () => {
    const [leaves, comes] = [await contactIn('Lund'), await contactIn('Ystad')];
    await poll();
    await db().trigger.deleteMany();
    await changeContact(workspace, leaves, { city: 'Ystad' });
    await changeContact(workspace, comes, { city: 'Lund' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual(joined(comes));
    expect(await openStays(lund)).not.toContain(leaves);
    const stay = await db().membership.findFirstOrThrow({ where: { contactId: leaves } });
    expect(stay.until?.getTime()).toBeGreaterThan(stay.since.getTime());
    expect(stay.leftThrough).toEqual({ property: 'city', value: 'Ystad', group: 0 });
  });

  it('2: whom an edit of the criteria brings in joins, once the segment has been processed', async () => {
    const id = await contactIn('Malmö');
    await poll();
    const port = await hubspotOf(workspace);
    await simulators.current.hubspot.config({ listProcessingMs: 600_000 });
    await port.updateListFilters(lund, filter('Lund', 'Malmö'));
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
    // The criteria are edited once more while they are being processed.
    await port.updateListFilters(lund, filter('Lund', 'Malmö', 'Visby'));
    await poll(300_000);
    expect(await kindsInInbox(workspace)).toEqual([]);
    await simulators.current.hubspot.config({ listProcessingMs: 1_500 });
    await poll(600_000);
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
  });

  it('2: the membership is read in full once a day', async () => {
    const before = (await watch(lund)).reading;
    await poll();
    expect((await watch(lund)).reading).toBe(before);
    await poll(24 * 60 * 60_000);
    expect((await watch(lund)).reading).toBe(before + 1);
    expect(await kindsInInbox(workspace)).toEqual([]);
  });
});

describe('2: a choice', () => {
  it('2: takes whoever comes in while the segment is still processing into the baseline', async () => {
    await simulators.current.hubspot.config({ listProcessingMs: 600_000 });
    const falun = await segment('Falun', 'Falun');
    await chooseSegment(workspace, falun);
    const id = await contactIn('Falun');
    await poll();
    expect(await watch(falun)).toMatchObject({ state: 'PROCESSING', baselineAt: null });
    await simulators.current.hubspot.config({ listProcessingMs: 1_500 });
    await poll(600_000);
    expect(await openStays(falun)).toEqual([id]);
    expect(await kindsInInbox(workspace)).toEqual([]);
    await chooseSegment(workspace, lund);
    await poll();
  });

  it('2: segment switched A, B, A within one poll: the stored membership is kept', async () => {
    const other = await segment('Umeå', 'Umeå');
    await poll();
    const { reading } = await watch(lund);
    const id = await contactIn('Lund');
    await moveClock(30_000, simulators.current);
    await chooseSegment(workspace, other);
    await chooseSegment(workspace, lund);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
    expect((await watch(lund)).reading).toBe(reading);
    expect(await db().segmentWatch.findFirst({ where: { listId: other } })).toBeNull();
  });

  it('7: that is taken back while it waits goes on from what was stored, also after a poll', async () => {
    const other = await segment('Luleå', 'Luleå');
    await poll();
    await chooseSegment(workspace, other);
    const id = await contactIn('Lund');
    await poll(5_000);
    await chooseSegment(workspace, lund);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
  });

  it('7: of a segment that is then deleted pauses; restored, it goes on with its joiners', async () => {
    const port = await hubspotOf(workspace);
    const stays = await openStays(lund);
    await port.deleteList(lund);
    const id = await contactIn('Lund');
    await poll();
    expect(await watch(lund)).toMatchObject({ state: 'DELETED' });
    expect(await openStays(lund)).toEqual(stays);
    expect(await kindsInInbox(workspace)).toEqual([]);
    await port.restoreList(lund);
    await poll();
    expect(await watch(lund)).toMatchObject({ state: 'READY' });
    expect(await kindsInInbox(workspace)).toEqual(joined(id));
  });
});
