import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { log } from '#lib/core/log.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { ensureDefaultMappings } from '#lib/mappings/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { collect, type PollEnd } from '../collect/collect.ts';
import type { CollectDeps, CollectTrouble } from '../collect/deps.ts';
import type { Scope } from '../store.ts';
import { isBudgetUsedUp } from './check-budget.ts';
import { openClaims } from './claims.ts';
import { findConnections } from './collect-repository.ts';
import { collectStore } from './collect-store.ts';
import { findWorkspacesWithoutPoll } from './poll-repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { writingStop } from './writing-stop.ts';

/** So long one job may collect: then others have their turn, and it goes on where it was. */
const turnMs = 45_000;
const busyWaitMs = 5_000;
/** While nothing may be written before all links are read. */
const uncheckedWaitMs = 5_000;
/** While the calls of the day are used up. */
const usedUpWaitMs = 15 * 60_000;

/**
 * The job of a poll: collects what changed into the inbox, then asks for the next poll. Any number of these may
 * begin, at any point and after any crash: one at a time works on a workspace.
 */
export async function runPoll({ workspaceId }: { workspaceId: string }, context: JobContext): Promise<void> {
  const scope = await connectedScope(workspaceId);
  // Whoever connects again begins anew.
  if (!scope) return;
  const claims = openClaims(scope.orgId, context.workerId);
  try {
    const key = `poll:${workspaceId}`;
    if (!(await claims.take([key])).has(key)) return await nextPoll(workspaceId, busyWaitMs);
    const endAt = Date.now() + turnMs;
    const deps = await openCollecting(scope, claims.lost, () => context.signal.aborted || Date.now() > endAt);
    if (!deps) return;
    const wasUnchecked = await isUnchecked(scope);
    const end = await collectOnce(deps);
    const mustCheck = wasUnchecked && (await isUnchecked(scope));
    const mayWriteAgain = wasUnchecked && !mustCheck;
    if (end !== 'used_up' && (end.found > 0 || mayWriteAgain))
      await inTransaction((tx) => enqueueInbox(tx, scope));
    await nextPoll(
      workspaceId,
      mustCheck && isUntroubled(end) ? Math.min(waitOf(end), uncheckedWaitMs) : waitOf(end),
    );
  } finally {
    await claims.end();
  }
}

/** All links must be read before anything is written. */
async function isUnchecked(scope: Scope): Promise<boolean> {
  return (await writingStop(db(), scope, await now()))?.kind === 'daily_check';
}

/** The workspace with the org it is connected to; null unless both systems are connected. */
export async function connectedScope(
  workspaceId: string,
): Promise<{ workspaceId: string; orgId: string } | null> {
  const connections = await findConnections(db(), workspaceId);
  const connected = connections.filter(({ status }) => status === 'CONNECTED');
  const salesforce = connected.find(({ crm }) => crm === 'SALESFORCE');
  return connected.length === 2 && salesforce ? { workspaceId, orgId: salesforce.accountId } : null;
}

/** Everything that collecting needs, over Postgres and the real CRMs; null if a connection has just ended. */
export async function openCollecting(
  scope: { workspaceId: string; orgId: string },
  signal: AbortSignal,
  isEnough: () => boolean,
): Promise<CollectDeps | null> {
  const hubspot = await hubspotFor(scope.workspaceId, { signal });
  const salesforce = await salesforceFor(scope.workspaceId, { signal, account: scope.orgId });
  if (!hubspot.ok || !salesforce.ok) return null;
  await inTransaction((tx) => ensureDefaultMappings(tx, scope.workspaceId));
  const ports = { hubspot: hubspot.value, salesforce: salesforce.value };
  return { scope, store: collectStore(), ...ports, now, isEnough };
}

async function collectOnce(deps: CollectDeps): Promise<PollEnd | 'used_up'> {
  const { workspaceId } = deps.scope;
  const { values } = await currentSettings(db(), workspaceId);
  if (await isBudgetUsedUp(workspaceId, values.apiAllocation)) return 'used_up';
  const end = await collect(deps);
  for (const { side, failure } of end.troubles) {
    log.warn({ workspaceId, side, failure: failure.kind }, 'a poll could not collect everything');
  }
  return end;
}

function isUntroubled(end: PollEnd | 'used_up'): boolean {
  return end !== 'used_up' && end.troubles.length === 0;
}

function waitOf(end: PollEnd | 'used_up'): number {
  const usualMs = env().SYNC_POLL_SECONDS * 1_000;
  if (end === 'used_up') return Math.max(usualMs, usedUpWaitMs);
  if (end.troubles.length > 0) return Math.max(...end.troubles.map(troubleWait), 0) || usualMs;
  return end.left ? 0 : usualMs;
}

/** What a rate limit asks for; anything else waits for the next poll. */
function troubleWait({ failure }: CollectTrouble): number {
  return failure.kind === 'rateLimited' && !failure.daily ? Math.max(failure.retryAfterMs, 1_000) : 0;
}

/** Leaves an earlier time that somebody has asked for meanwhile. */
async function nextPoll(workspaceId: string, waitMs: number): Promise<void> {
  const runAt = new Date((await now()).getTime() + waitMs);
  await inTransaction((tx) =>
    enqueue(tx, 'sync.poll', { workspaceId }, { jobKey: pollKeyOf(workspaceId), runAt, keepsTime: true }),
  );
}

/** One waiting poll for each workspace. */
export function pollKeyOf(workspaceId: string): string {
  return `poll:${workspaceId}`;
}

/** Gives every connected workspace that has none a poll: after connecting, and after many crashes in a row. */
export async function resumePolls(): Promise<void> {
  for (const workspaceId of await findWorkspacesWithoutPoll(db())) {
    await inTransaction((tx) =>
      enqueue(tx, 'sync.poll', { workspaceId }, { jobKey: pollKeyOf(workspaceId) }),
    );
  }
}
