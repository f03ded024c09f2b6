import { activeRunStatuses, startCursor } from '../../schemas.ts';
import type { Link, RunRef, SyncTx } from '../../store.ts';
import type { MemoryDatabase } from './database.ts';
import type { Passage } from './passage.ts';
import { dropScan } from './scan-store.ts';
import { addTriggers, closeTriggers, putOffTriggers, takeUpTriggers } from './triggers.ts';

/** What one transaction may change, each at a point at which the worker may die. */
export function memoryTx(db: MemoryDatabase, passage: Passage): SyncTx {
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
        db.seen.set({ ...row, side, modifiedAt, at: db.clock.now() });
      }
    },
    async forgetSeen(side, ids) {
      step('forgetSeen');
      for (const id of ids) db.seen.delete(`${side}:${id}`);
    },
    async eraseContacts(ids, at) {
      step('eraseContacts');
      for (const id of ids) eraseContacts(db, id, at);
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
): Pick<SyncTx, 'insertLinks' | 'storeIntended' | 'storeJob' | 'storeLinks' | 'endLinks' | 'reviveLinks'> {
  return {
    async insertLinks(links) {
      step('insertLinks');
      for (const link of links) {
        const rest = {
          shadow: {},
          memory: {},
          intended: null,
          jobId: null,
          endedAt: null,
          endCause: null,
          mergedInto: null,
        };
        assertAlone(db, link);
        db.links.insert({ ...rest, ...link });
      }
    },
    async storeIntended(rows) {
      step('storeIntended');
      for (const { id, intended } of rows) db.links.change(id, (link) => ({ ...link, intended }));
    },
    async storeJob(ids, jobId) {
      step('storeJob');
      for (const id of ids) db.links.change(id, (link) => ({ ...link, jobId }));
    },
    async storeLinks(rows) {
      step('storeLinks');
      const over = { intended: null, jobId: null };
      for (const row of rows) db.links.change(row.id, (link) => ({ ...link, ...row, ...over }));
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
        const ended = db.links.get(id);
        if (ended) assertAlone(db, ended);
        db.links.change(id, (link) => ({ ...link, endedAt: null, endCause: null, mergedInto: null }));
      }
    },
  };
}

/** As two unique indexes demand: one living link per contact, and one per record. */
function assertAlone(
  db: MemoryDatabase,
  { id, contactId, recordId }: Pick<Link, 'id' | 'contactId' | 'recordId'>,
) {
  const others = db.links.where((link) => link.endedAt === null && link.id !== id);
  const other = others.find((link) => link.contactId === contactId || link.recordId === recordId);
  if (other) throw new Error(`${contactId} ${recordId}: one of both is linked already.`);
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
      const isOfInbox = (run: RunRef) => run.kind === 'POLL' || run.kind === 'RETRY';
      const open = db.runs.where((run) => isOfInbox(run) && isActive(run.id))[0];
      if (open) return { id: open.id, kind: open.kind, listId: open.listId, since: open.since };
      const run = { id: db.newId(), kind, listId: db.settings().values.inclusionListId, since: at };
      const state = { status: 'RUNNING', createdAt: at, finishedAt: null, reason: null } as const;
      const progress = { cursor: startCursor, goesOnAt: at };
      db.runs.insert({ ...run, ...state, ...progress, settingsVersion });
      return run;
    },
    async changeRun(runId, change) {
      step('changeRun');
      if (change.finishedAt) dropScan(db, runId);
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

/** A contact and those whose links it took over when HubSpot merged them. */
export function withFormerIds(db: MemoryDatabase, contactId: string): string[] {
  const known = new Set([contactId]);
  for (const id of known) {
    for (const link of db.links.where(({ mergedInto }) => mergedInto === id)) known.add(link.contactId);
  }
  return [...known];
}

/** Forgets all that is known of a contact under all its ids, but for the two ids of its links. */
export function eraseContacts(db: MemoryDatabase, contactId: string, at: Date): void {
  const ids = withFormerIds(db, contactId);
  const links = db.links.where((link) => ids.includes(link.contactId));
  const isOf = (id: string) => links.some(({ recordId }) => recordId === id);
  for (const plan of db.plans.all()) {
    db.plans.set({ ...plan, records: plan.records.filter(({ recordId }) => !isOf(recordId)) });
  }
  for (const id of ids) eraseContact(db, id, at);
}

function eraseContact(db: MemoryDatabase, contactId: string, at: Date): void {
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
