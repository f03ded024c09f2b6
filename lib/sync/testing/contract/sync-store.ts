import { beforeEach, describe, expect, it } from 'vitest';
import type { NewLink, SyncStore } from '../../store.ts';
import type { Cause, NewTrigger } from '../../triggers.ts';

/** An empty store of one workspace and org. */
export type SyncStoreGround = {
  store: SyncStore;
  /** The store of another workspace that is connected to the same org. */
  neighbour(): Promise<SyncStore>;
  newId(): string;
};

const cause = (kind: Cause['kind'], side: Cause['side'], at: Date, fields?: string[]): Cause => ({
  ...{ kind, side, at: at.toISOString(), source: 'poll' },
  ...(fields ? { fields } : {}),
});
const ofContact = (contactId: string, causes: Cause[], dueAt?: Date): NewTrigger => ({
  ...{ contactId, recordId: null, object: null, causes },
  ...(dueAt ? { dueAt } : {}),
});
const ofRecord = (recordId: string, causes: Cause[]): NewTrigger => ({
  ...{ contactId: null, recordId, object: 'LEAD', causes },
});
/** What every `SyncStore` promises; to be run against each implementation. */
export function syncStoreContract(open: () => Promise<SyncStoreGround>): void {
  let ground: SyncStoreGround;
  let store: SyncStore;
  let at: Date;
  beforeEach(async () => {
    ground = await open();
    store = ground.store;
    at = await store.now();
  });
  const linkOf = (contactId: string, recordId: string, more: Partial<NewLink> = {}): NewLink => ({
    ...{ id: ground.newId(), contactId, recordId, object: 'LEAD', origin: 'MATCHED', createdAt: at },
    ...{ openException: false, importOnly: false },
    ...more,
  });
  const add = (...rows: NewTrigger[]) => store.transaction((tx) => tx.addTriggers(rows, at));
  const openRun = () => store.transaction((tx) => tx.openInboxRun('POLL', 0, at));
  const all = () => store.triggersOf({ contactIds: ['1', '2', '3'], recordIds: ['R1', 'R2'] });
  const later = (ms: number) => new Date(at.getTime() + ms);

  describe('transactions', () => {
    it('happen as a whole or not at all', async () => {
      const link = linkOf('1', 'R1');
      const broken = store.transaction(async (tx) => {
        await tx.insertLinks([link]);
        await tx.addTriggers([ofContact('1', [cause('changed', 'hubspot', at)])], at);
        throw new Error('broken off');
      });
      await expect(broken).rejects.toThrow('broken off');
      expect(await store.linksOfContacts(['1'])).toEqual([]);
      expect(await all()).toEqual([]);
    });
  });

  describe('a new link', () => {
    it('agrees on nothing, or on what it is given', async () => {
      const shadow = { m1: { h: 'Köln', s: 'Köln', at: at.toISOString(), sent: true } };
      await store.transaction((tx) => tx.insertLinks([linkOf('1', 'R1'), { ...linkOf('2', 'R2'), shadow }]));
      const links = await store.linksOfContacts(['1', '2']);
      const shadowOf = (id: string) => links.find(({ contactId }) => contactId === id)?.shadow;
      expect([shadowOf('1'), shadowOf('2')]).toEqual([{}, shadow]);
    });
  });

  describe('the inbox', () => {
    it('has one row per person, with everything that asked', async () => {
      await add(ofContact('1', [cause('changed', 'hubspot', at, ['city'])]));
      await add(ofContact('1', [cause('changed', 'hubspot', at, ['phone']), cause('joined', 'hubspot', at)]));
      const rows = await all();
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ contactId: '1', version: 2, runId: null, attempts: 0 });
      expect(rows[0]?.causes.map(({ kind, fields }) => [kind, fields])).toEqual([
        ['changed', ['city', 'phone']],
        ['joined', undefined],
      ]);
    });

    it('makes the row of a record and the row of its contact one, by their link', async () => {
      await add(
        ofContact('1', [cause('changed', 'hubspot', at)]),
        ofRecord('R1', [cause('changed', 'salesforce', at)]),
      );
      expect(await all()).toHaveLength(2);
      await store.transaction((tx) => tx.insertLinks([linkOf('1', 'R1')]));
      await add(ofRecord('R1', [cause('changed', 'salesforce', at)]));
      const rows = await all();
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ contactId: '1', recordId: 'R1', object: 'LEAD' });
    });

    it('gives due rows to a run, oldest first; a row that has grown stays open', async () => {
      await add(ofContact('1', [cause('changed', 'hubspot', at)], later(-2_000)));
      await add(ofContact('2', [cause('changed', 'hubspot', at)], later(-1_000)));
      await add(ofContact('3', [cause('changed', 'hubspot', at)], later(60_000)));
      expect((await store.dueTriggers(at, 9)).map(({ contactId }) => contactId)).toEqual(['1', '2']);
      expect(await store.nextDue()).toEqual(later(-2_000));
      const run = await openRun();
      expect(await store.transaction((tx) => tx.takeUpTriggers(run.id, 9, at))).toBe(2);
      expect(await store.nextDue()).toEqual(later(60_000));
      const taken = await store.triggersOfRun(run.id, 9);
      expect(taken.map(({ contactId }) => contactId)).toEqual(['1', '2']);
      await add(ofContact('1', [cause('joined', 'hubspot', at)]));
      await store.transaction((tx) => tx.closeTriggers(taken));
      // Both came in at one moment: their order says nothing.
      const [left, third, ...none] = (await all()).sort((a, b) =>
        (a.contactId ?? '').localeCompare(b.contactId ?? ''),
      );
      expect([left?.contactId, left?.runId, third?.contactId, none]).toEqual(['1', null, '3', []]);
    });

    it('puts rows off with a reason and since when; one that has grown is due at once', async () => {
      await add(
        ofContact('1', [cause('changed', 'hubspot', at)]),
        ofContact('2', [cause('changed', 'hubspot', at)]),
      );
      const run = await openRun();
      await store.transaction((tx) => tx.takeUpTriggers(run.id, 9, at));
      const rows = await store.triggersOfRun(run.id, 9);
      await add(ofContact('2', [cause('joined', 'hubspot', at)]));
      const wait = { dueAt: later(60_000), waitsFor: 'people_busy', attempts: 1 } as const;
      await store.transaction((tx) =>
        tx.putOffTriggers(
          rows.map(({ id, version }) => ({ id, version, ...wait })),
          at,
        ),
      );
      const byContact = new Map((await all()).map((row) => [row.contactId, row]));
      expect(byContact.get('1')).toMatchObject({ ...wait, waitsSince: at, runId: null });
      expect(byContact.get('2')?.dueAt).toEqual(at);
      const again = { id: byContact.get('1')?.id ?? '', version: 1, ...wait };
      await store.transaction((tx) => tx.putOffTriggers([again], later(5_000)));
      expect((await all()).find(({ contactId }) => contactId === '1')?.waitsSince).toEqual(at);
    });
  });

  describe('links', () => {
    it('are told newest first with tombstones, end, and are taken up again', async () => {
      const old = linkOf('1', 'R1');
      const young = linkOf('1', 'R2', { createdAt: later(1_000), openException: true });
      await store.transaction(async (tx) => {
        await tx.insertLinks([old]);
        await tx.endLinks([{ id: old.id, cause: 'merged', mergedInto: 'R2' }], at);
        await tx.insertLinks([young]);
      });
      const [first, second] = await store.linksOfContacts(['1']);
      expect(first).toMatchObject({ ...young, shadow: {}, memory: {}, intended: null, endedAt: null });
      expect(second).toMatchObject({ id: old.id, endedAt: at, endCause: 'merged', mergedInto: 'R2' });
      const twice = store.transaction((tx) => tx.reviveLinks([old.id]));
      await expect(twice).rejects.toThrow();
      await store.transaction(async (tx) => {
        await tx.endLinks([{ id: young.id, cause: 'deleted_in_salesforce', mergedInto: null }], at);
        await tx.reviveLinks([old.id]);
      });
      expect((await store.linksOfRecords(['R1']))[0]).toMatchObject({ endedAt: null, endCause: null });
    });

    it('live once per contact and once per record', async () => {
      await store.transaction((tx) => tx.insertLinks([linkOf('1', 'R1')]));
      for (const link of [linkOf('1', 'R2'), linkOf('2', 'R1')]) {
        await expect(store.transaction((tx) => tx.insertLinks([link]))).rejects.toThrow();
      }
      expect(await store.linksOfContacts(['1', '2'])).toHaveLength(1);
    });

    it('keep what is intended until what was agreed is stored', async () => {
      const link = linkOf('1', 'R1', { openException: true });
      const intended = { m: { h: 'x', s: null, to: 'salesforce' as const } };
      await store.transaction(async (tx) => {
        await tx.insertLinks([link]);
        await tx.storeIntended([{ id: link.id, intended }]);
      });
      expect((await store.linksOfContacts(['1']))[0]).toMatchObject({ intended, jobId: null });
      await store.transaction((tx) => tx.storeJob([link.id], '7501'));
      expect((await store.linksOfRecords(['R1']))[0]).toMatchObject({ intended, jobId: '7501' });
      await store.transaction((tx) => tx.storeJob([link.id], null));
      expect((await store.linksOfContacts(['1']))[0]?.jobId).toBeNull();
      await store.transaction((tx) => tx.storeJob([link.id], '7502'));
      const shadow = { m: { h: 'x', s: 'x', at: at.toISOString(), sent: true } };
      const state = { id: link.id, shadow, memory: {}, openException: false, importOnly: true };
      await store.transaction((tx) => tx.storeLinks([state], at));
      expect((await store.linksOfContacts(['1']))[0]).toMatchObject({
        ...{ shadow, intended: null, jobId: null, openException: false, importOnly: true },
      });
    });
  });
}
