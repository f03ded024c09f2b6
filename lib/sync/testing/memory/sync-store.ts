import { activeRunStatuses, startCursor } from '../../schemas.ts';
import type { Intent, Link, SyncStore, SyncTx } from '../../store.ts';
import type { Trigger } from '../../triggers.ts';
import type { MemoryDatabase, StoredIntent } from './database.ts';
import type { Passage } from './passage.ts';
import { addTriggers, closeTriggers, putOffTriggers, takeUpTriggers } from './triggers.ts';

/** `SyncStore` over a database in memory, as one worker sees it. */
export function memorySyncStore(db: MemoryDatabase, passage: Passage): SyncStore {
  const read = async <T>(name: string, answer: () => T): Promise<T> => {
    await passage.pass(`store.${name}`);
    return answer();
  };
  return {
    scope: db.scope,
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
        db.intents
          .where(({ state, address }) => state === 'OPEN' && addresses.includes(address))
          .map(intentOf),
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

function memoryTx(db: MemoryDatabase, passage: Passage): SyncTx {
  const step = (name: string) => passage.step(`store.tx.${name}`);
  return {
    ...triggerPart(db, step),
    ...linkPart(db, step),
    ...runPart(db, step),
    async insertIntents(rows) {
      step('insertIntents');
      for (const row of rows) db.intents.insert({ ...row, state: 'OPEN', recordId: null });
    },
    async restartIntents(ids, at) {
      step('restartIntents');
      for (const id of ids) db.intents.change(id, (intent) => ({ ...intent, sentAt: at }));
    },
    async closeIntents(rows) {
      step('closeIntents');
      for (const { id, recordId } of rows) {
        const state = recordId === null ? 'FAILED' : 'DONE';
        db.intents.change(id, (intent) => ({ ...intent, state, recordId }));
      }
    },
    async storeSeen(side, rows) {
      step('storeSeen');
      for (const row of rows) {
        const modifiedAt = row.modifiedAt ?? db.seen.get(`${side}:${row.id}`)?.modifiedAt ?? null;
        db.seen.set({ ...row, side, modifiedAt });
      }
    },
    async forgetSeen(side, ids) {
      step('forgetSeen');
      for (const id of ids) db.seen.delete(`${side}:${id}`);
    },
    async eraseContacts(ids, at) {
      step('eraseContacts');
      for (const id of ids) erase(db, id, at);
    },
  };
}

type Step = (name: string) => void;

function triggerPart(
  db: MemoryDatabase,
  step: Step,
): Pick<SyncTx, 'addTriggers' | 'closeTriggers' | 'putOffTriggers' | 'takeUpTriggers'> {
  return {
    async addTriggers(rows, at) {
      step('addTriggers');
      addTriggers(db, rows, at);
    },
    async closeTriggers(refs) {
      step('closeTriggers');
      closeTriggers(db, refs);
    },
    async putOffTriggers(rows, at) {
      step('putOffTriggers');
      putOffTriggers(db, rows, at);
    },
    async takeUpTriggers(runId, limit, at) {
      step('takeUpTriggers');
      return takeUpTriggers(db, { runId, limit, at });
    },
  };
}

function linkPart(
  db: MemoryDatabase,
  step: Step,
): Pick<SyncTx, 'insertLinks' | 'storeIntended' | 'storeLinks' | 'endLinks' | 'reviveLinks'> {
  return {
    async insertLinks(links) {
      step('insertLinks');
      for (const link of links) {
        const rest = {
          shadow: {},
          memory: {},
          intended: null,
          endedAt: null,
          endCause: null,
          mergedInto: null,
        };
        db.links.insert({ ...link, ...rest });
      }
    },
    async storeIntended(rows) {
      step('storeIntended');
      for (const { id, intended } of rows) db.links.change(id, (link) => ({ ...link, intended }));
    },
    async storeLinks(rows) {
      step('storeLinks');
      for (const row of rows) db.links.change(row.id, (link) => ({ ...link, ...row, intended: null }));
    },
    async endLinks(rows, at) {
      step('endLinks');
      for (const { id, cause, mergedInto } of rows) {
        db.links.change(id, (link) => ({ ...link, endedAt: at, endCause: cause, mergedInto }));
      }
    },
    async reviveLinks(ids) {
      step('reviveLinks');
      for (const id of ids) {
        db.links.change(id, (link) => ({ ...link, endedAt: null, endCause: null, mergedInto: null }));
      }
    },
  };
}

function runPart(
  db: MemoryDatabase,
  step: Step,
): Pick<SyncTx, 'insertOutcomes' | 'insertConflicts' | 'openInboxRun' | 'changeRun'> {
  const isActive = (id: string) => activeRunStatuses.some((status) => status === db.runs.get(id)?.status);
  return {
    async insertOutcomes(runId, rows, at) {
      step('insertOutcomes');
      for (const row of rows) {
        const has = db.outcomes.where((each) => each.runId === runId && each.contactId === row.contactId);
        if (row.contactId !== null && has.length > 0) continue;
        db.outcomes.insert({ ...row, id: db.newId(), runId, at });
      }
    },
    async insertConflicts(runId, rows) {
      step('insertConflicts');
      for (const row of rows) db.conflicts.insert({ ...row, id: db.newId(), runId });
    },
    async openInboxRun(kind, settingsVersion, at) {
      step('openInboxRun');
      const open = db.runs.where((run) => run.kind === kind && isActive(run.id))[0];
      if (open) return { id: open.id, kind: open.kind, listId: open.listId, since: open.since };
      const run = { id: db.newId(), kind, listId: db.settings().values.inclusionListId, since: at };
      const state = { status: 'RUNNING', createdAt: at, finishedAt: null, reason: null } as const;
      const progress = { cursor: startCursor, goesOnAt: at };
      db.runs.insert({ ...run, ...state, ...progress, settingsVersion });
      return run;
    },
    async changeRun(runId, change) {
      step('changeRun');
      if (!isActive(runId)) return false;
      db.runs.change(runId, (run) => ({
        ...run,
        status: change.status ?? run.status,
        since: change.startedAt ?? run.since,
        finishedAt: change.finishedAt ?? run.finishedAt,
        cursor: change.cursor ?? run.cursor,
        reason: change.reason === undefined ? run.reason : change.reason,
        settingsVersion: change.settingsVersion ?? run.settingsVersion,
      }));
      return true;
    },
  };
}

function erase(db: MemoryDatabase, contactId: string, at: Date): void {
  db.seen.delete(`hubspot:${contactId}`);
  for (const link of db.links.where((each) => each.contactId === contactId)) {
    db.seen.delete(`salesforce:${link.recordId}`);
    const ended = { endedAt: link.endedAt ?? at, endCause: 'privacy_deleted' } as const;
    db.links.set({ ...link, ...ended, shadow: {}, memory: {}, intended: null });
  }
  for (const { id } of db.conflicts.where((each) => each.contactId === contactId)) db.conflicts.delete(id);
  for (const { id } of db.outcomes.where((each) => each.contactId === contactId)) db.outcomes.delete(id);
  for (const { id } of db.intents.where((each) => each.contactId === contactId && each.state !== 'OPEN')) {
    db.intents.delete(id);
  }
}
