import { beforeEach, describe, expect, it } from 'vitest';
import type { NewLink, OutcomeRow, SyncStore } from '../../store.ts';
import type { SyncStoreGround } from './sync-store.ts';

const outcome = (contactId: string, result: OutcomeRow['result']): OutcomeRow => ({
  ...{ contactId, recordId: null, object: null, name: null, email: null, direction: 'BOTH', result },
  ...{ reason: null, category: null, code: null, message: null, changes: [], warnings: [] },
  causes: [{ kind: 'changed', side: 'hubspot', at: '2026-01-01T00:00:00.000Z', source: 'poll' }],
});

/** What every `SyncStore` promises of intents, of what was seen, and of runs. */
export function syncRunContract(open: () => Promise<SyncStoreGround>): void {
  let ground: SyncStoreGround;
  let store: SyncStore;
  let at: Date;
  beforeEach(async () => {
    ground = await open();
    store = ground.store;
    at = await store.now();
  });
  const linkOf = (contactId: string, recordId: string): NewLink => ({
    ...{ id: ground.newId(), contactId, recordId, object: 'LEAD', origin: 'MATCHED', createdAt: at },
    ...{ openException: false, importOnly: false },
  });
  const openRun = () => store.transaction((tx) => tx.openInboxRun('POLL', 0, at));
  const later = (ms: number) => new Date(at.getTime() + ms);

  describe('intents and what was seen', () => {
    it('are asked for in the whole org, whichever workspace has made them', async () => {
      const other = await ground.neighbour();
      const { id: runId } = await other.transaction((tx) => tx.openInboxRun('POLL', 0, at));
      const intent = {
        contactId: '7',
        address: 'shared@x.example',
        object: 'LEAD' as const,
        runId,
        sentAt: at,
      };
      const id = ground.newId();
      await other.transaction((tx) =>
        tx.insertIntents([{ id, ...intent, batchId: ground.newId(), jobId: null }]),
      );
      expect(await store.openIntents([intent.address])).toMatchObject([{ id, isOurs: false }]);
      expect(await store.openIntents(['other@x.example'])).toEqual([]);
      await other.transaction((tx) => tx.closeIntents([{ id, recordId: null }], at));
      expect(await store.openIntents([intent.address])).toEqual([]);
    });

    it('are open until their end is known', async () => {
      const run = await openRun();
      const intent = {
        contactId: '1',
        address: 'a@x.example',
        object: 'LEAD' as const,
        runId: run.id,
        sentAt: at,
      };
      const [one, two] = [ground.newId(), ground.newId()];
      const batch = { batchId: ground.newId(), jobId: null };
      await store.transaction((tx) =>
        tx.insertIntents([
          { id: one, ...intent, ...batch },
          { id: two, ...intent, ...batch, contactId: '2', address: 'b@x.example' },
        ]),
      );
      await store.transaction((tx) => tx.restartIntents([one], later(9_000)));
      expect(await store.openIntents(['a@x.example', 'c@x.example'])).toMatchObject([
        { id: one, sentAt: later(9_000) },
      ]);
      await store.transaction((tx) =>
        tx.closeIntents(
          [
            { id: one, recordId: 'R1' },
            { id: two, recordId: null },
          ],
          at,
        ),
      );
      expect(await store.openIntents(['a@x.example', 'b@x.example'])).toEqual([]);
      expect(await store.createdContacts(run.id, ['1', '2'])).toEqual(new Set(['1']));
    });

    it('is remembered by side; whose modification is unknown keeps the one that was', async () => {
      const fields = { city: { h: 'x', at: at.toISOString() } };
      await store.transaction((tx) => tx.storeSeen('salesforce', [{ id: 'R1', fields, modifiedAt: at }], at));
      await store.transaction((tx) =>
        tx.storeSeen('salesforce', [{ id: 'R1', fields: {}, modifiedAt: null }], at),
      );
      expect(await store.seen('salesforce', ['R1', 'R2'])).toEqual(
        new Map([['R1', { id: 'R1', fields: {}, modifiedAt: at }]]),
      );
      expect(await store.seen('hubspot', ['R1'])).toEqual(new Map());
      await store.transaction((tx) => tx.forgetSeen('salesforce', ['R1']));
      expect(await store.seen('salesforce', ['R1'])).toEqual(new Map());
    });
  });

  describe('runs', () => {
    it('are one at a time for the inbox, with one outcome per person', async () => {
      const run = await openRun();
      expect((await openRun()).id).toBe(run.id);
      expect((await store.inboxRun())?.id).toBe(run.id);
      await store.transaction((tx) => tx.insertOutcomes(run.id, [outcome('1', 'UPDATED')], at));
      await store.transaction((tx) =>
        tx.insertOutcomes(run.id, [outcome('1', 'FAILED'), outcome('2', 'SKIPPED')], at),
      );
      const done = await store.doneIn(run.id, { contactIds: ['1', '2', '3'], recordIds: [] });
      expect(done.contacts).toEqual(new Set(['1', '2']));
      const end = { status: 'DONE', finishedAt: at } as const;
      expect(await store.transaction((tx) => tx.changeRun(run.id, end))).toBe(true);
      expect(await store.transaction((tx) => tx.changeRun(run.id, end))).toBe(false);
      expect(await store.inboxRun()).toBeNull();
    });

    it('forget a contact that is to be erased, but for the ids of its link', async () => {
      const run = await openRun();
      const link = linkOf('1', 'R1');
      const fields = { city: { h: 'x', at: at.toISOString() } };
      await store.transaction(async (tx) => {
        await tx.insertLinks([link]);
        await tx.storeSeen('hubspot', [{ id: '1', fields, modifiedAt: at }], at);
        await tx.insertOutcomes(run.id, [outcome('1', 'UPDATED')], at);
        await tx.eraseContacts(['1'], at);
      });
      expect(await store.seen('hubspot', ['1'])).toEqual(new Map());
      const [tombstone] = await store.linksOfContacts(['1']);
      expect(tombstone).toMatchObject({
        recordId: 'R1',
        shadow: {},
        endedAt: at,
        endCause: 'privacy_deleted',
      });
      const done = await store.doneIn(run.id, { contactIds: ['1'], recordIds: [] });
      expect(done.contacts).toEqual(new Set());
    });

    it('forget an erased contact under the ids that were merged into it too', async () => {
      const run = await openRun();
      const [first, second, other] = [linkOf('1', 'R1'), linkOf('2', 'R2'), linkOf('4', 'R4')];
      await store.transaction(async (tx) => {
        await tx.insertLinks([first, second, other, linkOf('3', 'R3')]);
        await tx.endLinks([{ id: first.id, cause: 'merged', mergedInto: '2' }], at);
        await tx.endLinks([{ id: second.id, cause: 'handed_over', mergedInto: '3' }], at);
        await tx.insertOutcomes(
          run.id,
          ['1', '2', '3', '4'].map((id) => outcome(id, 'UPDATED')),
          at,
        );
        await tx.eraseContacts(['3'], at);
      });
      const links = await store.linksOfContacts(['1', '2', '3', '4']);
      const erased = links.filter(({ endCause }) => endCause === 'privacy_deleted');
      expect(erased.map(({ contactId }) => contactId).sort()).toEqual(['1', '2', '3']);
      const done = await store.doneIn(run.id, { contactIds: ['1', '2', '3', '4'], recordIds: [] });
      expect(done.contacts).toEqual(new Set(['4']));
    });
  });
}
