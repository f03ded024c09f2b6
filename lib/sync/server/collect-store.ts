import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import { listMappings } from '#lib/mappings/server/index.ts';
import { currentGate, currentSettings } from '#lib/settings/server/index.ts';
import { mappedNames } from '../collect/mapped-names.ts';
import { beginCursors } from '../collect/read-changes.ts';
import type { Collected, CollectStore, ConnectionFacts, MappedNames } from '../collect/store.ts';
import type { Scope } from '../store.ts';
import * as breaker from './breaker-repository.ts';
import * as repository from './collect-repository.ts';
import { findOpenIntents } from './intents-repository.ts';
import { forgetBefore } from './keeping-repository.ts';
import * as members from './memberships-repository.ts';
import { findWorkspace, lockRuns } from './repository.ts';
import { findSeen, storeSeen } from './seen-repository.ts';
import { tellWaiting } from './tell.ts';
import { addTriggers, findTriggersAfter } from './triggers-repository.ts';

/** What collecting keeps, in Postgres. One for each poll: mappings and connections are read once. */
export function collectStore(): CollectStore {
  let mapped: Promise<MappedNames> | undefined;
  let facts: Promise<ConnectionFacts> | undefined;
  return {
    settings: settingsOf,
    mapped: (scope) => (mapped ??= listMappings(db(), scope.workspaceId).then(mappedNames)),
    connection: (scope) => (facts ??= connectionFacts(scope)),
    cursor: (scope, source) => repository.findCursor(db(), scope, source),
    knownPairs: (scope, source, pairs) => repository.findKnownPairs(db(), scope, source, pairs),
    seen: (scope, side, ids) => findSeen(db(), scope, side, ids),
    linksOfContacts: (scope, ids) => repository.findKnownLinks(db(), scope, { contactId: { in: ids } }),
    linksOfRecords: (scope, ids) => repository.findKnownLinks(db(), scope, { recordId: { in: ids } }),
    async creationsUnderWay(scope, addresses) {
      const open = await findOpenIntents(db(), scope, addresses);
      return new Set(open.flatMap(({ isOurs, address }) => (isOurs ? [address] : [])));
    },
    linksAfter: (scope, id, limit) => repository.findLinksAfter(db(), scope, id, limit),
    unread: (scope, ids, since) => repository.findUnread(db(), scope, ids, since),
    countUnread: (scope, object, since) => repository.countUnread(db(), scope, object, since),
    watches: ({ workspaceId }) => members.findWatches(db(), workspaceId),
    stays: ({ workspaceId }, listId, ids) => members.findStays(db(), workspaceId, listId, ids),
    countStays: ({ workspaceId }, listId) => members.countStays(db(), workspaceId, listId),
    joiners: ({ workspaceId }, listId, page) => members.findJoiners(db(), workspaceId, listId, page),
    unmet: ({ workspaceId }, listId, reading, limit) =>
      members.findUnmet(db(), workspaceId, listId, reading, limit),
    dailyCheck: (scope) => repository.findDailyCheck(db(), scope),
    ...breakerPart,
    commit,
  };
}

const breakerPart: Pick<
  CollectStore,
  | 'countAlarms'
  | 'forgetReturned'
  | 'population'
  | 'lastConfirmation'
  | 'openTriggers'
  | 'countedAs'
  | 'openHold'
  | 'putHold'
  | 'endHold'
> = {
  countAlarms: (scope, since) => breaker.countAlarms(db(), scope, since),
  forgetReturned: (scope, listId, since) => breaker.deleteReturned(db(), scope, listId, since),
  async population(scope, keys) {
    const linked = await breaker.countLinks(db(), scope);
    const known = await breaker.countKnown(db(), scope);
    const filled: Record<string, number> = {};
    for (const key of keys) filled[key] = await breaker.countFilled(db(), scope, key);
    return { linked, known, filled };
  },
  lastConfirmation: (scope) => breaker.lastConfirmation(db(), scope),
  openTriggers: (scope, after, limit) => findTriggersAfter(db(), scope, after, limit),
  countedAs: (scope) => repository.findCountedAs(db(), scope),
  openHold: (scope) => breaker.findOpenHold(db(), scope),
  putHold: (scope, hold) =>
    inTransaction(async (tx) => {
      // Polls and the work on the inbox may find too much at the same time.
      await lockRuns(tx, scope.workspaceId);
      if (!(await breaker.findOpenHold(tx, scope))) await breaker.insertHold(tx, scope, hold);
    }),
  endHold: (scope, id, at) => inTransaction((tx) => breaker.releaseHold(tx, scope, id, at)),
};

/**
 * Stores in the caller's transaction where reading begins in the org that a workspace is connected to: as soon as it is
 * connected, for whoever disconnects before the first poll must find later what changed meanwhile.
 */
export async function beginReading(tx: Db, workspaceId: string): Promise<void> {
  const connections = await repository.findConnections(tx, workspaceId);
  const salesforce = connections.find(({ crm }) => crm === 'SALESFORCE');
  if (!salesforce) return;
  await beginCursors({
    scope: { workspaceId, orgId: salesforce.accountId },
    store: {
      connection: (scope) => connectionFacts(scope, tx),
      cursor: (scope, source) => repository.findCursor(tx, scope, source),
      dailyCheck: (scope) => repository.findDailyCheck(tx, scope),
      async commit(scope, { cursor, check }) {
        if (cursor) await repository.storeCursor(tx, scope, cursor);
        if (check) await repository.storeDailyCheck(tx, scope, check);
      },
    },
  });
}

function commit(scope: Scope, collected: Collected): Promise<void> {
  const { workspaceId } = scope;
  return inTransaction(async (tx) => {
    const at = await now(tx);
    const {
      cursor,
      pairs,
      seen = [],
      triggers = [],
      watch,
      membership,
      alarms = [],
      check,
      countedAs,
    } = collected;
    for (const { side, rows } of seen) await storeSeen(tx, scope, side, rows, at);
    await addTriggers(tx, scope, triggers, at);
    if (membership) await members.storeMembership(tx, workspaceId, membership);
    if (watch) await members.storeWatch(tx, workspaceId, watch);
    if (watch?.state === 'deleted' || watch?.state === 'static') {
      await tellWaiting(tx, { workspaceId }, 'inclusion_segment_gone', at);
    }
    await breaker.storeAlarms(tx, scope, alarms);
    if (pairs) await repository.storePairs(tx, scope, pairs);
    if (cursor) await repository.storeCursor(tx, scope, cursor);
    if (check) await repository.storeDailyCheck(tx, scope, check);
    if (countedAs) await repository.storeCountedAs(tx, scope, countedAs);
    if (check && !check.startedAt) await forgetOld(tx, workspaceId, at);
  });
}

/** Once a day: what no longer counts, and what the keeping time is over for. */
async function forgetOld(tx: Db, workspaceId: string, at: Date): Promise<void> {
  const { values } = await currentSettings(tx, workspaceId);
  const before = (days: number) => new Date(at.getTime() - days * 24 * 60 * 60_000);
  // What has stopped the writing counts for as long as it waits for a person.
  const [hold] = await breaker.findOpenHolds(tx, workspaceId);
  if (!hold) await breaker.deleteAlarmsBefore(tx, workspaceId, before(2));
  await forgetBefore(tx, workspaceId, before(values.keepingDays));
}

async function settingsOf({ workspaceId }: Scope) {
  const { values } = await currentSettings(db(), workspaceId);
  const gate = await currentGate(db(), workspaceId, await now());
  const { salesforceChanges, salesforceDeletes, breakerShare } = values;
  const { listId: inclusionListId, alsoListId } = gate;
  return { inclusionListId, alsoListId, salesforceChanges, salesforceDeletes, breakerShare };
}

/** When both systems were connected, who the sync is in Salesforce, and where the account's days begin. */
export async function connectionFacts({ workspaceId }: Scope, on: Db = db()): Promise<ConnectionFacts> {
  const connections = await repository.findConnections(on, workspaceId);
  const { timeZone } = await findWorkspace(on, workspaceId);
  const times = connections.map(({ connectedAt }) => connectedAt.getTime());
  const salesforce = connections.find(({ crm }) => crm === 'SALESFORCE');
  const connectedAt = new Date(Math.max(0, ...times));
  return { connectedAt, integrationUserId: salesforce?.userId ?? null, timeZone };
}
