import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import { ensureDefaultMappings, listMappings } from '#lib/mappings/server/index.ts';
import { currentGate, currentSettings } from '#lib/settings/server/index.ts';
import type { Scope, SyncStore, SyncTx } from '../store.ts';
import { budgetOf } from './check-budget.ts';
import * as intents from './intents-repository.ts';
import * as links from './links-repository.ts';
import * as outcomes from './outcomes-repository.ts';
import * as runs from './repository.ts';
import { scanStore } from './scan-store.ts';
import * as seen from './seen-repository.ts';
import { tellEnd } from './tell.ts';
import * as triggers from './triggers-repository.ts';

/** What the sync keeps of one workspace and org, in Postgres. */
export function openStore(scope: Scope): SyncStore {
  const { workspaceId } = scope;
  return {
    scope,
    scans: scanStore(scope),
    now: () => now(),
    transaction: (work) => inTransaction((tx) => work(writing(tx, scope))),
    settings: () => currentSettings(db(), workspaceId),
    gate: (at) => currentGate(db(), workspaceId, at),
    budget: ({ apiAllocation }) => budgetOf(workspaceId, apiAllocation),
    async account() {
      const { timeZone } = await runs.findWorkspace(db(), workspaceId);
      const connection = await runs.findSalesforceConnection(db(), workspaceId);
      return { timeZone, integrationUserId: connection?.userId ?? null };
    },
    async mappings() {
      await inTransaction((tx) => ensureDefaultMappings(tx, workspaceId));
      return listMappings(db(), workspaceId);
    },
    linksOfContacts: (ids) => links.findLinksOfContacts(db(), scope, ids),
    linksOfRecords: (ids) => links.findLinksOfRecords(db(), scope, ids),
    openIntents: (addresses) => intents.findOpenIntents(db(), scope, addresses),
    createdContacts: (runId, ids) => intents.findCreatedContacts(db(), runId, ids),
    seen: (side, ids) => seen.findSeen(db(), scope, side, ids),
    triggersOf: (ids) => triggers.findTriggersOf(db(), scope, ids),
    triggersOfRun: (runId, limit) => triggers.findTriggersOfRun(db(), runId, limit),
    dueTriggers: (at, limit) => triggers.findDueTriggers(db(), scope, at, limit),
    nextDue: () => triggers.findNextDue(db(), scope),
    async inboxRun() {
      const run = await runs.findInboxRun(db(), scope);
      return run && runs.refOf(run);
    },
    doneIn: (runId, ids) => outcomes.findDone(db(), runId, ids),
  };
}

function writing(tx: Db, scope: Scope): SyncTx {
  const { workspaceId } = scope;
  return {
    addTriggers: (rows, at) => triggers.addTriggers(tx, scope, rows, at),
    closeTriggers: (refs) => triggers.closeTriggers(tx, scope, refs),
    putOffTriggers: (rows, at) => triggers.putOffTriggers(tx, scope, rows, at),
    takeUpTriggers: (runId, limit, at) => triggers.takeUpTriggers(tx, scope, runId, limit, at),
    insertLinks: (rows) => links.insertLinks(tx, scope, rows),
    storeIntended: (rows) => links.storeIntended(tx, rows),
    storeJob: (ids, jobId) => links.storeJob(tx, ids, jobId),
    storeLinks: (rows, at) => links.storeLinks(tx, rows, at),
    endLinks: (rows, at) => links.endLinks(tx, rows, at),
    reviveLinks: (ids) => links.reviveLinks(tx, ids),
    insertIntents: (rows) => intents.insertIntents(tx, scope, rows),
    restartIntents: (ids, at) => intents.restartIntents(tx, ids, at),
    closeIntents: (rows, at) => intents.closeIntents(tx, rows, at),
    storeSeen: (side, rows, at) => seen.storeSeen(tx, scope, side, rows, at),
    forgetSeen: (side, ids) => seen.deleteSeen(tx, scope, side, ids),
    insertOutcomes: (id, rows, at) => outcomes.insertOutcomes(tx, { id, workspaceId }, rows, at),
    insertConflicts: (runId, rows) => seen.insertConflicts(tx, scope, runId, rows),
    openInboxRun: (kind, settingsVersion, at) => runs.openInboxRun(tx, scope, { kind, settingsVersion, at }),
    async changeRun(runId, change) {
      const changed = await runs.changeRun(tx, runId, change);
      const run = changed && change.status === 'DONE' ? await runs.findRun(tx, runId) : null;
      if (run?.finishedAt) await tellEnd(tx, run, { status: 'DONE', reason: null }, run.finishedAt);
      return changed;
    },
    eraseContacts: async (ids, at) => void (await seen.eraseContacts(tx, scope, ids, at)),
  };
}
