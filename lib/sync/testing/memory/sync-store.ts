import { activeRunStatuses } from '../../schemas.ts';
import type { Intent, Link, SyncStore, SyncTx } from '../../store.ts';
import type { Trigger } from '../../triggers.ts';
import type { MemoryDatabase, StoredIntent } from './database.ts';
import type { Passage } from './passage.ts';
import { memoryScanStore } from './scan-store.ts';
import { memoryTx } from './sync-tx.ts';

/** `SyncStore` over a database in memory, as one worker sees it. */
export function memorySyncStore(db: MemoryDatabase, passage: Passage): SyncStore {
  const read = async <T>(name: string, answer: () => T): Promise<T> => {
    await passage.pass(`store.${name}`);
    return answer();
  };
  return {
    scope: db.scope,
    scans: memoryScanStore(db, passage),
    now: () => read('now', () => db.clock.now()),
    transaction: (work) => transaction(db, passage, work),
    settings: () => read('settings', () => db.settings()),
    gate: (at) => read('gate', () => db.gate(at)),
    budget: () => read('budget', () => db.budget),
    account: () =>
      read('account', () => ({ timeZone: db.timeZone, integrationUserId: db.integrationUserId })),
    mappings: () => read('mappings', () => [...db.mappings]),
    linksOfContacts: (ids) =>
      read('linksOfContacts', () => newestFirst(db.links.where(({ contactId }) => ids.includes(contactId)))),
    linksOfRecords: (ids) =>
      read('linksOfRecords', () => newestFirst(db.links.where(({ recordId }) => ids.includes(recordId)))),
    openIntents: (addresses) =>
      read('openIntents', () =>
        [db, ...db.neighbours].flatMap((of) =>
          of.intents
            .where(({ state, address }) => state === 'OPEN' && addresses.includes(address))
            .map((intent) => ({ ...intentOf(intent), isOurs: of === db })),
        ),
      ),
    createdContacts: (runId, contactIds) =>
      read('createdContacts', () => {
        const done = db.intents.where(
          (intent) =>
            intent.runId === runId && intent.state === 'DONE' && contactIds.includes(intent.contactId),
        );
        return new Set(done.map(({ contactId }) => contactId));
      }),
    seen: (side, ids) =>
      read('seen', () => {
        const rows = ids.flatMap((id) => db.seen.get(`${side}:${id}`) ?? []);
        return new Map(rows.map(({ id, fields, modifiedAt }) => [id, { id, fields, modifiedAt }]));
      }),
    triggersOf: ({ contactIds, recordIds }) =>
      read('triggersOf', () =>
        db.triggers
          .where((each) => isOneOf(contactIds, each.contactId) || isOneOf(recordIds, each.recordId))
          .sort(byFirst),
      ),
    triggersOfRun: (runId, limit) =>
      read('triggersOfRun', () =>
        db.triggers
          .where((each) => each.runId === runId)
          .sort(byDue)
          .slice(0, limit),
      ),
    dueTriggers: (at, limit) =>
      read('dueTriggers', () =>
        db.triggers
          .where(({ runId, dueAt }) => runId === null && dueAt <= at)
          .sort(byDue)
          .slice(0, limit),
      ),
    inboxRun: () =>
      read('inboxRun', () => {
        const isOpen = (run: { kind: string; status: string }) =>
          (run.kind === 'POLL' || run.kind === 'RETRY') &&
          activeRunStatuses.some((status) => status === run.status);
        const run = db.runs.where(isOpen)[0];
        return run ? { id: run.id, kind: run.kind, listId: run.listId, since: run.since } : null;
      }),
    nextDue: () =>
      read('nextDue', () => db.triggers.where(({ runId }) => runId === null).sort(byDue)[0]?.dueAt ?? null),
    doneIn: (runId, ids) =>
      read('doneIn', () => {
        const done = db.outcomes.where((outcome) => outcome.runId === runId);
        const those = (wanted: readonly string[], of: (string | null)[]) =>
          new Set(of.flatMap((id) => (id !== null && wanted.includes(id) ? [id] : [])));
        return {
          contacts: those(
            ids.contactIds,
            done.map(({ contactId }) => contactId),
          ),
          records: those(
            ids.recordIds,
            done.map(({ recordId }) => recordId),
          ),
        };
      }),
  };
}

async function transaction<T>(
  db: MemoryDatabase,
  passage: Passage,
  work: (tx: SyncTx) => Promise<T>,
): Promise<T> {
  await passage.pass('store.transaction');
  db.journal.begin();
  try {
    const result = await work(memoryTx(db, passage));
    passage.step('store.commit');
    db.journal.commit();
    return result;
  } catch (error) {
    db.journal.rollBack();
    throw error;
  }
}

const isOneOf = (ids: readonly string[], id: string | null) => id !== null && ids.includes(id);
const byFirst = (a: Trigger, b: Trigger) =>
  a.firstAt.getTime() - b.firstAt.getTime() || (a.id < b.id ? -1 : 1);
const byDue = (a: Trigger, b: Trigger) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1);
const newestFirst = (links: Link[]) =>
  links.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
const intentOf = ({ id, contactId, address, object, runId, sentAt, jobId }: StoredIntent): Intent => ({
  ...{ id, contactId, address, object, runId, sentAt, jobId },
});
