import { beforeEach, describe, expect, it } from 'vitest';
import type { CollectStore, NewStay, SegmentWatch } from '../../collect/store.ts';
import type { Scope, SyncStore } from '../../store.ts';

/** An empty store of one workspace and org, and the other store over the same database. */
export type CollectStoreGround = { store: CollectStore; scope: Scope; sync: SyncStore; newId(): string };

const date = (seconds: number) => new Date(Date.parse('2026-03-02T08:00:00Z') + seconds * 1_000);
const watch: SegmentWatch = {
  ...{ listId: '7', state: 'reading', version: 3, baselineAt: null, fullReadAt: date(1), reading: 2 },
  ...{ readAfter: '55', joinAfter: null, sizeGap: 1, endedAt: null },
};
const stay = (contactId: string, seconds: number): NewStay => ({
  ...{ contactId, addedAt: date(seconds), since: date(seconds), isBaseline: true, through: null },
});

/** What every `CollectStore` promises; to be run against each implementation. */
export function collectStoreContract(open: () => Promise<CollectStoreGround>): void {
  let store: CollectStore;
  let sync: SyncStore;
  let scope: Scope;
  let ground: CollectStoreGround;
  beforeEach(async () => {
    ground = await open();
    ({ store, sync, scope } = ground);
  });

  describe('reading on', () => {
    it('keeps a cursor per source, also in the middle of a reading', async () => {
      expect(await store.cursor(scope, 'Lead')).toBeNull();
      const newest = { at: date(5), id: 'R5' };
      const cursor = { beganAt: date(0), newest, reading: { at: { at: date(3), id: null }, from: date(1) } };
      await store.commit(scope, { cursor: { source: 'Lead', cursor } });
      expect(await store.cursor(scope, 'Lead')).toEqual(cursor);
      const ended = { ...cursor, reading: null };
      await store.commit(scope, { cursor: { source: 'Lead', cursor: ended } });
      expect(await store.cursor(scope, 'Lead')).toEqual(ended);
      expect(await store.cursor(scope, 'Contact')).toBeNull();
    });

    it('knows versions by id and stamp, the newest of each, and forgets old ones', async () => {
      const known = [
        { id: '1', at: date(1) },
        { id: '2', at: date(9) },
      ];
      await store.commit(scope, { pairs: { source: 'hubspot', known } });
      await store.commit(scope, { pairs: { source: 'hubspot', known: [{ id: '1', at: date(2) }] } });
      const asked = [
        { id: '1', at: date(1) },
        { id: '2', at: date(9) },
      ];
      expect(await store.knownPairs(scope, 'hubspot', asked)).toEqual(new Set(['2']));
      expect(await store.knownPairs(scope, 'Lead', asked)).toEqual(new Set());
      await store.commit(scope, { pairs: { source: 'hubspot', known: [], forgetBefore: date(9) } });
      const newer = [
        { id: '1', at: date(2) },
        { id: '2', at: date(9) },
      ];
      expect(await store.knownPairs(scope, 'hubspot', newer)).toEqual(new Set(['2']));
    });

    it('knows which records were not read since a moment, and how many links have such a record', async () => {
      const link = (contactId: string, recordId: string, object: 'LEAD' | 'CONTACT') => ({
        ...{ id: ground.newId(), contactId, recordId, object, createdAt: date(0) },
        ...{ origin: 'MATCHED' as const, openException: false, importOnly: false },
      });
      const ended = link('4', 'R4', 'LEAD');
      await sync.transaction((tx) =>
        tx.insertLinks([link('1', 'R1', 'LEAD'), link('2', 'R2', 'LEAD'), link('3', 'R3', 'CONTACT'), ended]),
      );
      await sync.transaction((tx) =>
        tx.endLinks([{ id: ended.id, cause: 'merged', mergedInto: null }], date(1)),
      );
      const row = (id: string) => ({ id, fields: {}, modifiedAt: null });
      await store.commit(scope, { seen: [{ side: 'salesforce', rows: ['R1', 'R3', 'R9'].map(row) }] });
      await store.commit(scope, { seen: [{ side: 'hubspot', rows: [row('R2')] }] });
      const all = ['R1', 'R2', 'R3'];
      expect(await store.unread(scope, all, new Date(0))).toEqual(new Set(['R2']));
      expect(await store.unread(scope, [], new Date(0))).toEqual(new Set());
      expect(await store.countUnread(scope, 'LEAD', new Date(0))).toBe(1);
      expect(await store.countUnread(scope, 'CONTACT', new Date(0))).toBe(0);
      const later = new Date('2099-01-01T00:00:00Z');
      expect(await store.unread(scope, all, later)).toEqual(new Set(all));
      expect(await store.countUnread(scope, 'LEAD', later)).toBe(2);
    });

    it('stores what was seen and what asks for people at once', async () => {
      const fields = { city: { h: 'x', at: date(1).toISOString() } };
      const at = date(1).toISOString();
      await store.commit(scope, {
        seen: [{ side: 'hubspot', rows: [{ id: '1', fields, modifiedAt: date(1) }] }],
        triggers: [
          {
            contactId: '1',
            recordId: null,
            object: null,
            causes: [{ kind: 'joined', side: 'hubspot', at, source: 'poll' }],
          },
        ],
      });
      expect(await store.seen(scope, 'hubspot', ['1', '2'])).toEqual(
        new Map([['1', { id: '1', fields, modifiedAt: date(1) }]]),
      );
      const [trigger] = await sync.triggersOf({ contactIds: ['1'], recordIds: [] });
      expect(trigger).toMatchObject({ contactId: '1', causes: [{ kind: 'joined' }] });
    });
  });

  describe('membership', () => {
    it('keeps how a segment is followed', async () => {
      await store.commit(scope, { watch });
      await store.commit(scope, {
        watch: { ...watch, state: 'ready', readAfter: null, baselineAt: date(2) },
      });
      expect(await store.watches(scope)).toEqual([
        { ...watch, state: 'ready', readAfter: null, baselineAt: date(2) },
      ]);
    });

    it('has one lasting stay per contact, tells whom a reading did not meet, and lets people come back', async () => {
      const change = {
        listId: '7',
        reading: 1,
        left: [],
        came: [stay('1', 1), stay('2', 2), stay('3', 3)],
        met: [],
      };
      await store.commit(scope, { membership: change });
      expect(await store.countStays(scope, '7')).toBe(3);
      const left = [{ contactId: '3', until: date(8), through: null }];
      await store.commit(scope, {
        membership: { listId: '7', reading: 2, left, came: [stay('3', 9)], met: ['1'] },
      });
      expect(await store.unmet(scope, '7', 2, 9)).toEqual(['2']);
      const stays = await store.stays(scope, '7', ['1', '3', '4']);
      expect(stays.map(({ contactId, addedAt }) => [contactId, addedAt]).sort()).toEqual([
        ['1', date(1)],
        ['3', date(9)],
      ]);
      const gone = [{ contactId: '2', until: date(10), through: null }];
      await store.commit(scope, { membership: { listId: '7', reading: 2, left: gone, came: [], met: [] } });
      expect(await store.unmet(scope, '7', 2, 9)).toEqual([]);
      expect(await store.countStays(scope, '7')).toBe(2);
      expect(await store.stays(scope, '8', ['1'])).toEqual([]);
    });
  });

  describe('checks and alarms', () => {
    it('keeps how far the daily check is', async () => {
      expect(await store.dailyCheck(scope)).toEqual({
        ...{ checkedAt: null, coveredUntil: {}, startedAt: null, linksAfter: null },
      });
      const check = {
        checkedAt: date(1),
        coveredUntil: { Lead: date(2) },
        startedAt: date(3),
        linksAfter: '5',
      };
      await store.commit(scope, { check });
      expect(await store.dailyCheck(scope)).toEqual(check);
    });

    it('goes through living links in the order of their contacts as texts', async () => {
      const link = (contactId: string) => ({
        ...{ id: ground.newId(), contactId, recordId: `R${contactId}`, object: 'LEAD' as const },
        ...{ origin: 'MATCHED' as const, createdAt: date(1), openException: false, importOnly: false },
      });
      const gone = link('30');
      await sync.transaction(async (tx) => {
        await tx.insertLinks([link('9'), link('10'), gone, link('2')]);
        await tx.endLinks([{ id: gone.id, cause: 'merged', mergedInto: null }], date(2));
      });
      const ids = async (after: string | null, limit: number) =>
        (await store.linksAfter(scope, after, limit)).map(({ contactId }) => contactId);
      expect(await ids(null, 2)).toEqual(['10', '2']);
      expect(await ids('2', 2)).toEqual(['9']);
      expect(await store.linksOfRecords(scope, ['R30'])).toMatchObject([{ endCause: 'merged' }]);
    });

    it('goes through the inbox in the order of its ids, and keeps by what it was counted', async () => {
      const cause = { kind: 'changed' as const, side: 'hubspot' as const, source: 'poll' as const };
      const triggers = ['1', '2', '3'].map((contactId) => ({
        ...{ contactId, recordId: null, object: null },
        causes: [{ ...cause, at: date(1).toISOString(), fields: ['city'] }],
      }));
      await store.commit(scope, { triggers });
      const all = await store.openTriggers(scope, null, 9);
      expect(all.map(({ contactId }) => contactId).sort()).toEqual(['1', '2', '3']);
      expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort());
      expect(await store.openTriggers(scope, null, 2)).toEqual(all.slice(0, 2));
      expect(await store.openTriggers(scope, all[1]?.id ?? '', 2)).toEqual(all.slice(2));
      expect(await store.countedAs(scope)).toBeNull();
      const countedAs = { deletes: 'a', changes: 'b', blanks: 'c' };
      await store.commit(scope, { countedAs });
      expect(await store.countedAs(scope)).toEqual(countedAs);
      expect((await store.dailyCheck(scope)).checkedAt).toBeNull();
    });

    it('forgets who is on the same side again, and nobody else', async () => {
      const alarm = (person: string, kind: 'sides' | 'archived' = 'sides') => ({
        ...{ kind, person, key: '', at: date(20) },
      });
      const stay = (contactId: string, seconds: number) => ({
        ...{ contactId, addedAt: date(seconds), since: date(seconds), isBaseline: false, through: null },
      });
      const left = (...ids: string[]) =>
        ids.map((contactId) => ({ contactId, until: date(20), through: null }));
      const change = { listId: '8', reading: 1, left: [], came: [], met: [] };
      const came = [stay('back', 1), stay('left', 1), stay('both', 1)];
      await store.commit(scope, { membership: { ...change, came } });
      await store.commit(scope, { membership: { ...change, left: left('back', 'left', 'both') } });
      await store.commit(scope, {
        membership: { ...change, came: [stay('back', 21), stay('new', 21), stay('guest', 15)] },
      });
      await store.commit(scope, { membership: { ...change, left: left('guest') } });
      const people = ['back', 'left', 'new', 'guest'].map((person) => alarm(person));
      await store.commit(scope, { alarms: [...people, alarm('both', 'archived')] });
      await store.forgetReturned(scope, '8', date(10));
      const count = async (seconds: number) =>
        Object.fromEntries(
          (await store.countAlarms(scope, date(seconds))).map((each) => [each.kind, each.people]),
        );
      // Who came in and went out again since then is where they were, too.
      expect(await count(10)).toEqual({ sides: 2, archived: 1 });
    });

    it('counts each person once per kind, and holds the writing until the hold ends', async () => {
      const alarm = (person: string, seconds: number) => ({
        kind: 'sides' as const,
        key: '',
        person,
        at: date(seconds),
      });
      await store.commit(scope, { alarms: [alarm('1', 1), alarm('2', 1), alarm('3', -9)] });
      await store.commit(scope, { alarms: [alarm('1', 5)] });
      expect(await store.countAlarms(scope, date(0))).toEqual([{ kind: 'sides', key: '', people: 2 }]);
      expect(await store.openHold(scope)).toBeNull();
      const hold = { cause: 'sides' as const, changeId: null, counts: [], since: date(5) };
      await store.putHold(scope, hold);
      const open = await store.openHold(scope);
      expect(open).toMatchObject(hold);
      await store.putHold(scope, { ...hold, cause: 'blanking' });
      expect(await store.openHold(scope)).toEqual(open);
      await store.endHold(scope, open?.id ?? '', date(6));
      expect(await store.openHold(scope)).toBeNull();
      expect(await store.lastConfirmation(scope)).toBeNull();
    });
  });
}
