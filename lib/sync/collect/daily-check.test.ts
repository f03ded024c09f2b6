import { beforeEach, describe, expect, it } from 'vitest';
import { checkDaily } from './daily-check.ts';
import type { CollectDeps } from './deps.ts';
import { pollSegment } from './poll-segment.ts';
import { type CollectingWorld, collectingWorld, many, minute } from './testing-world.ts';

let w: CollectingWorld;
let world: CollectingWorld['world'];
let deps: CollectDeps;

beforeEach(() => {
  w = collectingWorld();
  world = w.world;
  deps = w.worker();
});

const contact: CollectingWorld['contact'] = (values) => w.contact(values);
const lead: CollectingWorld['lead'] = (values) => w.lead(values);
const poll = (side: 'hubspot' | 'salesforce') => w.poll(deps, side);
const inbox = () => w.inbox();
const callsOf: CollectingWorld['callsOf'] = (crm, work) => w.callsOf(crm, work);

describe('2: the daily check', () => {
  it('2: finds contacts that were deleted or merged in HubSpot', async () => {
    const [gone, loser, winner] = [contact(), contact(), contact()];
    const records = many(3, (at) => lead({ LastName: `Linked ${at}` }));
    await w.link(gone, records[0] ?? '');
    await w.link(loser, records[1] ?? '');
    await poll('hubspot');
    inbox();
    world.account.archive(gone);
    const survivor = world.account.merge(winner, loser);
    world.advance(24 * 60 * minute);
    await checkDaily(deps);
    const causes = world.db.triggers
      .all()
      .flatMap((row) => row.causes.map(({ kind, into }) => [row.contactId, kind, into]));
    expect(causes).toContainEqual([gone, 'deleted', undefined]);
    expect(causes).toContainEqual([loser, 'merged', survivor]);
  });

  it('2: takes few calls when nothing has changed, and none before a day is over', async () => {
    const ids = many(300, () => contact());
    for (const id of ids) await w.link(id, lead());
    await poll('hubspot');
    await poll('salesforce');
    world.advance(30 * minute);
    expect(await callsOf('hubspot', () => checkDaily(deps))).toBe(0);
    world.advance(24 * 60 * minute);
    await checkDaily(deps);
    inbox();
    world.advance(24 * 60 * minute);
    const hubspot = await callsOf('hubspot', () => checkDaily(deps));
    expect(inbox()).toEqual([]);
    expect(hubspot).toBeLessThanOrEqual(20);
    world.advance(24 * 60 * minute);
    expect(await callsOf('salesforce', () => checkDaily(deps))).toBeLessThanOrEqual(4);
  });

  it('2: reads the records of all links too after more than 15 days, and looks at those that are missing', async () => {
    const id = contact();
    const record = lead();
    await w.link(id, record);
    await poll('hubspot');
    await poll('salesforce');
    inbox();
    world.advance(24 * 60 * minute);
    await checkDaily(deps);
    world.org.update(record, { City: 'Oslo' });
    world.advance(40 * 24 * 60 * minute);
    inbox();
    await checkDaily(deps);
    const [found] = world.db.triggers.all();
    expect(found).toMatchObject({ contactId: id, causes: [{ kind: 'changed', fields: ['City'] }] });
  });
});

describe('2: membership', () => {
  it('2: a reading that a process leaves in the middle is gone on with by the next one', async () => {
    const ids = many(600, () => contact({ city: 'Lund' }));
    const [listId = ''] = world.listIds;
    world.advance(10 * minute);
    world.db.changeSetting('inclusionListId', listId);
    world.advance(minute);
    let pages = 0;
    const isEnough = () => {
      pages += 1;
      return pages === 1;
    };
    expect(await pollSegment({ ...deps, isEnough })).toMatchObject({ ok: true, value: { left: true } });
    const [reading] = await deps.store.watches(deps.scope);
    expect(reading).toMatchObject({ state: 'reading', baselineAt: null });
    expect(await pollSegment(deps)).toMatchObject({ ok: true, value: { left: false, found: 0 } });
    expect(await deps.store.countStays(deps.scope, listId)).toBe(ids.length);
    expect((await deps.store.watches(deps.scope))[0]).toMatchObject({ state: 'ready', reading: 1 });
    expect(inbox()).toEqual([]);
  });
});

describe('6: Salesforce’s bin', () => {
  it('6: a linked record that is deleted triggers, and one that comes back', async () => {
    const [id, record] = [contact(), lead()];
    await w.link(id, record);
    await poll('salesforce');
    inbox();
    world.org.delete(record);
    await poll('salesforce');
    expect(inbox()).toEqual([`deleted ${id}`]);
    const { store } = world.worker();
    const [linked] = await store.linksOfContacts([id]);
    await store.transaction((tx) =>
      tx.endLinks(
        [{ id: linked?.id ?? '', cause: 'deleted_in_salesforce', mergedInto: null }],
        world.clock.now(),
      ),
    );
    world.advance(minute);
    world.org.undelete(record);
    await poll('salesforce');
    expect(inbox()).toContain(`restored ${record}`);
  });

  it('6: one that was merged names who took it over; a Lead that was converted is told as such', async () => {
    const [winner, loser, converted] = [lead(), lead(), lead()];
    const [one, two] = [contact(), contact()];
    await w.link(one, loser);
    await w.link(two, converted);
    await poll('salesforce');
    inbox();
    world.org.merge(winner, loser);
    world.org.convert(converted);
    await poll('salesforce');
    const causes = world.db.triggers
      .all()
      .flatMap((row) => row.causes.map(({ kind, into }) => [row.contactId, kind, into]));
    expect(causes).toContainEqual([one, 'merged', winner]);
    expect(causes).toContainEqual([two, 'converted', undefined]);
  });
});
