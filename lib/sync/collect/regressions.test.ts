import { describe, expect, it } from 'vitest';
import { nextSeen } from '../seen.ts';
import { collect } from './collect.ts';
import { checkDaily } from './daily-check.ts';
import type { CollectDeps } from './deps.ts';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { made, many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { contact, lead, poll, inbox, callsOf } = test;
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
    expect(new Set(test.world.org.all().map(({ systemModstamp }) => systemModstamp)).size).toBe(1);
    // The first page is stored, the reading of the second one fails.
    expect(await poll('salesforce')).toMatchObject({ ok: true });
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    for (const id of ids) test.world.org.update(id, { City: 'Oslo' });
    test.world.faults.add({ crm: 'salesforce', kind: 'rateLimited', method: 'describe' });
    expect(await poll('salesforce')).toMatchObject({ ok: false });
    test.world.faults.clear();
    test.deps = test.worker();
    expect(await poll('salesforce')).toMatchObject({ ok: true });
    expect(inbox()).toHaveLength(made10k);
  });

  it('8: a 429 in the middle of a page keeps the pages before it, and the next poll goes on there', async () => {
    const ids = many(500, () => contact());
    let calls = 0;
    const { hubspot } = test.deps;
    const readContacts: typeof hubspot.readContacts = async (...asked) => {
      calls += 1;
      if (calls !== 2) return hubspot.readContacts(...asked);
      return { ok: false, failure: { kind: 'rateLimited', retryAfterMs: 1_000, daily: false } };
    };
    test.deps = { ...test.deps, hubspot: { ...hubspot, readContacts } };
    expect(await poll('hubspot')).toMatchObject({ ok: false, failure: { side: 'hubspot' } });
    const first = inbox();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(500);
    expect((await test.deps.store.cursor(test.deps.scope, 'hubspot'))?.reading).not.toBeNull();
    expect(await poll('hubspot')).toMatchObject({ ok: true });
    expect([...first, ...inbox()].sort()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect((await test.deps.store.cursor(test.deps.scope, 'hubspot'))?.reading).toBeNull();
  });

  it('8: 10,001 contacts of one moment are all found once', async () => {
    const ids = many(made10k, () => contact());
    test.world.advance(5 * minute);
    // Search over so many is slow in memory; that the adapter pages through them has a test beside it.
    test.deps = {
      ...test.deps,
      hubspot: { ...test.deps.hubspot, changedContacts: pagesOf(ids, test.world.clock.now()) },
    };
    expect(await pollHubSpot(test.deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect(await pollHubSpot(test.deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual([]);
  });

  it('2: what changed while disconnected is found, though no poll before had found anything', async () => {
    const id = lead();
    test.world.advance(60 * minute);
    test.world.db.connectedAt = test.world.clock.now();
    expect(await collect(test.deps)).toMatchObject({ found: 0 });
    test.world.advance(60 * minute);
    test.world.org.update(id, { City: 'Oslo' });
    test.world.advance(60 * minute);
    test.world.db.connectedAt = test.world.clock.now();
    await collect(test.deps);
    const seen = await test.deps.store.seen(test.deps.scope, 'salesforce', [id]);
    expect(seen.has(id)).toBe(true);
  });

  it('2: a deletion that was found, and lost with the connection, is found again, though no daily check has ended', async () => {
    const record = lead();
    await test.link(contact(), record);
    await collect(test.deps);
    test.world.org.delete(record);
    test.world.advance(10 * minute);
    await collect(test.deps);
    // Whoever disconnects closes the inbox.
    expect(inbox()).toContainEqual(expect.stringContaining('deleted'));
    test.world.advance(60 * minute);
    test.world.db.connectedAt = test.world.clock.now();
    test.world.advance(10 * minute);
    await collect(test.deps);
    expect(test.world.db.triggers.all()).toMatchObject([{ recordId: record }]);
  });

  it('8: what is committed late, within the overlap, is found by the next poll', async () => {
    const [late, soon] = [lead(), lead()];
    await poll('salesforce');
    inbox();
    test.world.org.update(late, { City: 'Oslo' }, { lateMs: 7 * minute });
    test.world.advance(minute);
    test.world.org.update(soon, { City: 'Oslo' });
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${soon}`]);
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${late}`]);
  });

  it('2: what is committed later than the overlap is found by the daily check', async () => {
    const late = lead();
    await poll('salesforce');
    inbox();
    test.world.org.update(late, { City: 'Oslo' }, { lateMs: 60 * minute });
    for (const _ of many(20, () => 0)) {
      test.world.advance(10 * minute);
      made(test.world.org.create('Lead', { LastName: 'Other', Company: 'Other' }));
      await poll('salesforce');
    }
    expect(inbox()).not.toContain(`changed ${late}`);
    test.world.advance(24 * 60 * minute);
    expect(await checkDaily(test.deps)).toMatchObject({ ok: true });
    expect(inbox()).toEqual([`changed ${late}`]);
  });

  it('8: a write of the sync itself that comes back is no change', async () => {
    const [id, record] = [contact(), lead()];
    await poll('hubspot');
    await poll('salesforce');
    inbox();
    test.world.account.update(id, { city: 'Oslo' }, 'INTEGRATION');
    test.world.org.update(record, { City: 'Oslo' }, { userId: test.world.org.integrationUserId });
    const { store } = test.world.worker();
    const at = test.world.clock.now();
    // As the sync does in the transaction of the answer.
    for (const [side, own, name] of [
      ['hubspot', id, 'city'],
      ['salesforce', record, 'City'],
    ] as const) {
      const before = (await test.deps.store.seen(test.deps.scope, side, [own])).get(own)?.fields ?? null;
      const fields = nextSeen(before, { [name]: 'Oslo' }, [name], at);
      await store.transaction((tx) => tx.storeSeen(side, [{ id: own, fields, modifiedAt: null }], at));
    }
    await poll('hubspot');
    await poll('salesforce');
    expect(inbox()).toEqual([]);
  });

  it('2: a recalculated formula is no change', async () => {
    const id = lead();
    const [city] = test.world.org.fields('Lead').values();
    if (!city) throw new Error('There is no field.');
    const formula = { ...city, name: 'Score__c', type: 'double', createable: false, updateable: false };
    test.world.org.schema.show('Lead', { ...formula, required: false, calculated: true });
    const [mapping] = test.world.db.mappings;
    if (!mapping) throw new Error('There is no mapping.');
    const name = { leadField: 'Score__c', contactField: null, hubspotProperty: 'message' };
    test.world.db.mappings = [...test.world.db.mappings, { ...mapping, id: test.world.db.newId(), ...name }];
    const scored = (score: string): CollectDeps => {
      const { salesforce } = test.deps;
      const readRecords: typeof salesforce.readRecords = async (...asked) => {
        const answer = await salesforce.readRecords(...asked);
        if (!answer.ok) return answer;
        const value = answer.value.map(
          (record) => record && { ...record, values: { ...record.values, Score__c: score } },
        );
        return { ok: true, value };
      };
      return { ...test.deps, salesforce: { ...salesforce, readRecords } };
    };
    test.world.advance(minute);
    await pollSalesforce(scored('1'), 'Lead');
    inbox();
    test.world.advance(minute);
    test.world.org.touch(id);
    await pollSalesforce(scored('2'), 'Lead');
    expect(inbox()).toEqual([]);
  });

  it('2: a recalculation that touches 12,000 unlinked records triggers nobody and reads none of them', async () => {
    const ids = many(12_000, () => lead());
    test.world.db.connectedAt = new Date(test.world.clock.ms() + minute);
    test.world.advance(60 * minute);
    await poll('salesforce');
    for (const id of ids) test.world.org.touch(id);
    const calls = await callsOf('salesforce', () => poll('salesforce'));
    expect(inbox()).toEqual([]);
    expect(test.world.db.seen.all()).toEqual([]);
    // Seven pages, each a step of the same call.
    expect(calls).toBeLessThanOrEqual(8);
  });

  it('2: a recalculation that touches 12,000 unlinked contacts triggers nobody and asks Salesforce nothing', async () => {
    const ids = many(12_000, () => contact());
    test.world.advance(60 * minute);
    test.world.db.connectedAt = test.world.clock.now();
    test.world.advance(30 * minute);
    test.deps = {
      ...test.deps,
      hubspot: { ...test.deps.hubspot, changedContacts: pagesOf(ids, test.world.clock.now()) },
    };
    expect(await callsOf('salesforce', () => pollHubSpot(test.deps))).toBe(0);
    expect(inbox()).toEqual([]);
    // Once they were seen, not even their history is asked.
    const at = new Date(test.world.clock.ms() + minute);
    const { readHistory, ...hubspot } = test.deps.hubspot;
    const asked: string[] = [];
    const counted: typeof readHistory = (contactIds, properties) => {
      asked.push(...contactIds);
      return readHistory(contactIds, properties);
    };
    const again = { ...hubspot, readHistory: counted, changedContacts: pagesOf(ids, at) };
    await pollHubSpot({ ...test.deps, hubspot: again });
    expect(asked).toEqual([]);
    expect(inbox()).toEqual([]);
  });
});
