import { describe, expect, it } from 'vitest';
import { checkDaily } from './daily-check.ts';
import { pollSegment } from './poll-segment.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { contact, lead, poll, inbox, callsOf } = test;

describe('2: the daily check', () => {
  it('2: finds contacts that were deleted or merged in HubSpot', async () => {
    const [gone, loser, winner] = [contact(), contact(), contact()];
    const records = many(3, (at) => lead({ LastName: `Linked ${at}` }));
    await test.link(gone, records[0] ?? '');
    await test.link(loser, records[1] ?? '');
    await poll('hubspot');
    inbox();
    test.world.account.archive(gone);
    const survivor = test.world.account.merge(winner, loser);
    test.world.advance(24 * 60 * minute);
    await checkDaily(test.deps);
    const causes = test.world.db.triggers
      .all()
      .flatMap((row) => row.causes.map(({ kind, into }) => [row.contactId, kind, into]));
    expect(causes).toContainEqual([gone, 'deleted', undefined]);
    expect(causes).toContainEqual([loser, 'merged', survivor]);
  });

  it('2: takes few calls when nothing has changed, and none before a day is over', async () => {
    const ids = many(300, () => contact());
    for (const id of ids) await test.link(id, lead());
    await poll('hubspot');
    await poll('salesforce');
    test.world.advance(30 * minute);
    expect(await callsOf('hubspot', () => checkDaily(test.deps))).toBe(0);
    test.world.advance(24 * 60 * minute);
    await checkDaily(test.deps);
    inbox();
    test.world.advance(24 * 60 * minute);
    const hubspot = await callsOf('hubspot', () => checkDaily(test.deps));
    expect(inbox()).toEqual([]);
    expect(hubspot).toBeLessThanOrEqual(20);
    test.world.advance(24 * 60 * minute);
    expect(await callsOf('salesforce', () => checkDaily(test.deps))).toBeLessThanOrEqual(4);
  });

  it('2: finds what was committed late three weeks ago: Salesforce tells changes for 30 days', async () => {
    const late = lead();
    await poll('salesforce');
    inbox();
    test.world.org.update(late, { City: 'Oslo' }, { lateMs: 60 * minute });
    test.world.advance(50 * minute);
    lead();
    await poll('salesforce');
    inbox();
    test.world.advance(21 * 24 * 60 * minute);
    await poll('salesforce');
    expect(inbox()).toEqual([]);
    expect(await checkDaily(test.deps)).toMatchObject({ ok: true });
    expect(inbox()).toContain(`changed ${late}`);
  });

  it('2: reads the records of all links too after more than 15 days, and looks at those that are missing', async () => {
    const id = contact();
    const record = lead();
    await test.link(id, record);
    await poll('hubspot');
    await poll('salesforce');
    inbox();
    test.world.advance(24 * 60 * minute);
    await checkDaily(test.deps);
    test.world.org.update(record, { City: 'Oslo' });
    test.world.advance(40 * 24 * 60 * minute);
    inbox();
    await checkDaily(test.deps);
    const [found] = test.world.db.triggers.all();
    expect(found).toMatchObject({ contactId: id, causes: [{ kind: 'changed', fields: ['City'] }] });
  });

  it('2: one that goes on in another turn asks Salesforce nothing that it has asked before', async () => {
    const ids = many(1_200, () => contact());
    for (const id of ids) await test.link(id, lead());
    await poll('hubspot');
    await poll('salesforce');
    test.world.advance(24 * 60 * minute);
    const inTurns = { ...test.deps, isEnough: () => true };
    const first = await callsOf('salesforce', () => checkDaily(inTurns));
    expect(first).toBeGreaterThanOrEqual(4);
    test.world.advance(5 * minute);
    const rest = async () => {
      while ((await test.deps.store.dailyCheck(test.deps.scope)).startedAt) await checkDaily(inTurns);
    };
    expect(await callsOf('salesforce', rest)).toBe(0);
  });
});

/** So many members of a segment that was chosen a minute ago. */
function chosen(count: number): { ids: string[]; listId: string } {
  const ids = many(count, () => contact({ city: 'Lund' }));
  const [listId = ''] = test.world.listIds;
  test.world.advance(10 * minute);
  test.world.db.changeSetting('inclusionListId', listId);
  test.world.advance(minute);
  return { ids, listId };
}

describe('2: membership', () => {
  it('2: a reading that a process leaves in the middle is gone on with by the next one', async () => {
    const { ids, listId } = chosen(600);
    let pages = 0;
    const isEnough = () => {
      pages += 1;
      return pages === 1;
    };
    expect(await pollSegment({ ...test.deps, isEnough })).toMatchObject({ ok: true, value: { left: true } });
    const [reading] = await test.deps.store.watches(test.deps.scope);
    expect(reading).toMatchObject({ state: 'reading', baselineAt: null });
    expect(await pollSegment(test.deps)).toMatchObject({ ok: true, value: { left: false, found: 0 } });
    expect(await test.deps.store.countStays(test.deps.scope, listId)).toBe(ids.length);
    expect((await test.deps.store.watches(test.deps.scope))[0]).toMatchObject({ state: 'ready', reading: 1 });
    expect(inbox()).toEqual([]);
  });
});

describe('2: who left', () => {
  it('2: while a full reading was interrupted, is found by the poll after it', async () => {
    const { ids, listId } = chosen(600);
    await pollSegment({ ...test.deps, isEnough: () => true });
    test.world.account.update(ids[0] ?? '', { city: 'Oslo' });
    test.world.advance(5 * minute);
    expect(await pollSegment(test.deps)).toMatchObject({ ok: true, value: { left: false } });
    test.world.advance(5 * minute);
    await pollSegment(test.deps);
    expect(await test.deps.store.countStays(test.deps.scope, listId)).toBe(ids.length - 1);
  });
});

describe('2: who joined', () => {
  it('2: is read on from where the first reading has ended: no page is read twice', async () => {
    many(600, () => contact({ city: 'Lund' }));
    const [listId = ''] = test.world.listIds;
    test.world.advance(10 * minute);
    test.world.db.changeSetting('inclusionListId', listId);
    test.world.advance(minute);
    const first = await callsOf('hubspot', () => pollSegment(test.deps));
    expect(await callsOf('hubspot', () => pollSegment(test.deps))).toBe(2);
    expect(first).toBeGreaterThan(3);
    const joiner = contact({ city: 'Lund' });
    test.world.advance(minute);
    // One more asks through which criterion.
    expect(await callsOf('hubspot', () => pollSegment(test.deps))).toBe(3);
    expect(inbox()).toEqual([`joined ${joiner}`]);
  });
});

describe('6: Salesforce’s bin', () => {
  it('6: a linked record that is deleted triggers, and one that comes back', async () => {
    const [id, record] = [contact(), lead()];
    await test.link(id, record);
    await poll('salesforce');
    inbox();
    test.world.org.delete(record);
    await poll('salesforce');
    expect(inbox()).toEqual([`deleted ${id}`]);
    const { store } = test.world.worker();
    const [linked] = await store.linksOfContacts([id]);
    await store.transaction((tx) =>
      tx.endLinks(
        [{ id: linked?.id ?? '', cause: 'deleted_in_salesforce', mergedInto: null }],
        test.world.clock.now(),
      ),
    );
    test.world.advance(minute);
    test.world.org.undelete(record);
    await poll('salesforce');
    expect(inbox()).toContain(`restored ${record}`);
  });

  it('6: one that was merged names who took it over; a Lead that was converted is told as such', async () => {
    const [winner, loser, converted] = [lead(), lead(), lead()];
    const [one, two] = [contact(), contact()];
    await test.link(one, loser);
    await test.link(two, converted);
    await poll('salesforce');
    inbox();
    test.world.org.merge(winner, loser);
    test.world.org.convert(converted);
    await poll('salesforce');
    const causes = test.world.db.triggers
      .all()
      .flatMap((row) => row.causes.map(({ kind, into }) => [row.contactId, kind, into]));
    expect(causes).toContainEqual([one, 'merged', winner]);
    expect(causes).toContainEqual([two, 'converted', undefined]);
  });
});
