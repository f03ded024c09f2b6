import { beforeEach, describe, expect, it } from 'vitest';
import { nextSeen } from '../seen.ts';
import { checkDaily } from './daily-check.ts';
import type { CollectDeps } from './deps.ts';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { type CollectingWorld, collectingWorld, made, many, minute } from './testing-world.ts';

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
const made10k = 10_001;

/** Everybody has changed at one moment. */
function pagesOf(ids: string[], at: Date): CollectDeps['hubspot']['changedContacts'] {
  return async function* () {
    for (let start = 0; start < ids.length; start += 200) {
      yield { ok: true, value: ids.slice(start, start + 200).map((id) => ({ id, at })) };
    }
  };
}

describe('named regressions', () => {
  it('8: 10,001 records with one SystemModstamp, with a 429 in the middle, are all found once', async () => {
    const ids = many(made10k, (at) => lead({ LastName: `Holm ${at}` }));
    expect(new Set(world.org.all().map(({ systemModstamp }) => systemModstamp)).size).toBe(1);
    // The first page is stored, the reading of the second one fails.
    expect(await poll('salesforce')).toMatchObject({ ok: true });
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    for (const id of ids) world.org.update(id, { City: 'Oslo' });
    world.faults.add({ crm: 'salesforce', kind: 'rateLimited', method: 'describe' });
    expect(await poll('salesforce')).toMatchObject({ ok: false });
    world.faults.clear();
    deps = w.worker();
    expect(await poll('salesforce')).toMatchObject({ ok: true });
    expect(inbox()).toHaveLength(made10k);
  });

  it('8: a 429 in the middle of a page keeps the pages before it, and the next poll goes on there', async () => {
    const ids = many(500, () => contact());
    let calls = 0;
    const { hubspot } = deps;
    const readContacts: typeof hubspot.readContacts = async (...asked) => {
      calls += 1;
      if (calls !== 2) return hubspot.readContacts(...asked);
      return { ok: false, failure: { kind: 'rateLimited', retryAfterMs: 1_000, daily: false } };
    };
    deps = { ...deps, hubspot: { ...hubspot, readContacts } };
    expect(await poll('hubspot')).toMatchObject({ ok: false, failure: { side: 'hubspot' } });
    const first = inbox();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(500);
    expect((await deps.store.cursor(deps.scope, 'hubspot'))?.reading).not.toBeNull();
    expect(await poll('hubspot')).toMatchObject({ ok: true });
    expect([...first, ...inbox()].sort()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect((await deps.store.cursor(deps.scope, 'hubspot'))?.reading).toBeNull();
  });

  it('8: 10,001 contacts of one moment are all found once', async () => {
    const ids = many(made10k, () => contact());
    world.advance(5 * minute);
    // Search over so many is slow in memory; that the adapter pages through them has a test beside it.
    deps = { ...deps, hubspot: { ...deps.hubspot, changedContacts: pagesOf(ids, world.clock.now()) } };
    expect(await pollHubSpot(deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect(await pollHubSpot(deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual([]);
  });

  it('8: what is committed late, within the overlap, is found by the next poll', async () => {
    const [late, soon] = [lead(), lead()];
    await poll('salesforce');
    inbox();
    world.org.update(late, { City: 'Oslo' }, { lateMs: 7 * minute });
    world.advance(minute);
    world.org.update(soon, { City: 'Oslo' });
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${soon}`]);
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${late}`]);
  });

  it('2: what is committed later than the overlap is found by the daily check', async () => {
    const late = lead();
    await poll('salesforce');
    inbox();
    world.org.update(late, { City: 'Oslo' }, { lateMs: 60 * minute });
    for (const _ of many(20, () => 0)) {
      world.advance(10 * minute);
      made(world.org.create('Lead', { LastName: 'Other', Company: 'Other' }));
      await poll('salesforce');
    }
    expect(inbox()).not.toContain(`changed ${late}`);
    world.advance(24 * 60 * minute);
    expect(await checkDaily(deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual([`changed ${late}`]);
  });

  it('8: a write of the sync itself that comes back is no change', async () => {
    const [id, record] = [contact(), lead()];
    await poll('hubspot');
    await poll('salesforce');
    inbox();
    world.account.update(id, { city: 'Oslo' }, 'INTEGRATION');
    world.org.update(record, { City: 'Oslo' }, { userId: world.org.integrationUserId });
    const { store } = world.worker();
    const at = world.clock.now();
    // As the sync does in the transaction of the answer.
    for (const [side, own, name] of [
      ['hubspot', id, 'city'],
      ['salesforce', record, 'City'],
    ] as const) {
      const before = (await deps.store.seen(deps.scope, side, [own])).get(own)?.fields ?? null;
      const fields = nextSeen(before, { [name]: 'Oslo' }, [name], at);
      await store.transaction((tx) => tx.storeSeen(side, [{ id: own, fields, modifiedAt: null }], at));
    }
    await poll('hubspot');
    await poll('salesforce');
    expect(inbox()).toEqual([]);
  });

  it('2: a recalculated formula is no change', async () => {
    const id = lead();
    const [city] = world.org.fields('Lead').values();
    if (!city) throw new Error('There is no field.');
    const formula = { ...city, name: 'Score__c', type: 'double', createable: false, updateable: false };
    world.org.showField('Lead', { ...formula, required: false, calculated: true });
    const [mapping] = world.db.mappings;
    if (!mapping) throw new Error('There is no mapping.');
    const name = { leadField: 'Score__c', contactField: null, hubspotProperty: 'message' };
    world.db.mappings = [...world.db.mappings, { ...mapping, id: world.db.newId(), ...name }];
    const scored = (score: string): CollectDeps => {
      const { salesforce } = deps;
      const readRecords: typeof salesforce.readRecords = async (...asked) => {
        const answer = await salesforce.readRecords(...asked);
        if (!answer.ok) return answer;
        const value = answer.value.map(
          (record) => record && { ...record, values: { ...record.values, Score__c: score } },
        );
        return { ok: true, value };
      };
      return { ...deps, salesforce: { ...salesforce, readRecords } };
    };
    world.advance(minute);
    await pollSalesforce(scored('1'), 'Lead');
    inbox();
    world.advance(minute);
    world.org.touch(id);
    await pollSalesforce(scored('2'), 'Lead');
    expect(inbox()).toEqual([]);
  });

  it('2: a recalculation that touches 12,000 unlinked records triggers nobody and reads none of them', async () => {
    const ids = many(12_000, () => lead());
    world.db.connectedAt = new Date(world.clock.ms() + minute);
    world.advance(60 * minute);
    await poll('salesforce');
    for (const id of ids) world.org.touch(id);
    const calls = await callsOf('salesforce', () => poll('salesforce'));
    expect(inbox()).toEqual([]);
    expect(world.db.seen.all()).toEqual([]);
    // Seven pages, each a step of the same call.
    expect(calls).toBeLessThanOrEqual(8);
  });

  it('2: a recalculation that touches 12,000 unlinked contacts triggers nobody and asks Salesforce nothing', async () => {
    const ids = many(12_000, () => contact());
    world.advance(60 * minute);
    world.db.connectedAt = world.clock.now();
    world.advance(30 * minute);
    deps = { ...deps, hubspot: { ...deps.hubspot, changedContacts: pagesOf(ids, world.clock.now()) } };
    expect(await callsOf('salesforce', () => pollHubSpot(deps))).toBe(0);
    expect(inbox()).toEqual([]);
    // Once they were seen, not even their history is asked.
    const at = new Date(world.clock.ms() + minute);
    const { readHistory, ...hubspot } = deps.hubspot;
    const asked: string[] = [];
    const counted: typeof readHistory = (contactIds, properties) => {
      asked.push(...contactIds);
      return readHistory(contactIds, properties);
    };
    const again = { ...hubspot, readHistory: counted, changedContacts: pagesOf(ids, at) };
    await pollHubSpot({ ...deps, hubspot: again });
    expect(asked).toEqual([]);
    expect(inbox()).toEqual([]);
  });
});
