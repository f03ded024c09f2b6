import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { log } from '#lib/core/log.ts';
import type { JobContext, JobPayload } from '#lib/jobs/jobs.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { ensureDefaultMappings } from '#lib/mappings/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { collect, type PollEnd } from '../collect/collect.ts';
import type { CollectDeps, CollectTrouble } from '../collect/deps.ts';
import { sources } from '../collect/read-changes.ts';
import type { Source } from '../collect/store.ts';
import type { Scope } from '../store.ts';
import { isBudgetUsedUp } from './check-budget.ts';
import { openClaims } from './claims.ts';
import { findConnections } from './collect-repository.ts';
import { collectStore, connectionFacts } from './collect-store.ts';
import { findWorkspacesWithoutPoll, isJobWaiting } from './poll-repository.ts';
import { lockRuns } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { writingStop } from './writing-stop.ts';

/** So long one job may collect: then others have their turn, and it goes on where it was. */
const turnMs = 45_000;
/** So much longer it may take for the answers of a query that it has made calls for. */
const paidMs = 5 * 60_000;
/** What a poll has read to the end need not be read again by its later turns, for so long. */
const goesOnMs = 15 * 60_000;
const busyWaitMs = 5_000;
/** While nothing may be written before all links are read. */
const uncheckedWaitMs = 5_000;
/** While the calls of the day are used up. */
const usedUpWaitMs = 15 * 60_000;

/**
 * The job of a poll: collects what changed into the inbox, then asks for the next poll. Any number of these may
 * begin, at any point and after any crash: one at a time works on a workspace.
 */
export async function runPoll(
  { workspaceId, goesOn }: JobPayload<'sync.poll'>,
  context: JobContext,
): Promise<void> {
  const scope = await connectedScope(workspaceId);
  // Whoever connects again begins anew.
  if (!scope) return;
  const claims = openClaims(scope.orgId, context.workerId);
  try {
    const key = `poll:${workspaceId}`;
    if (!(await claims.take([key])).has(key)) return await nextPoll(workspaceId, busyWaitMs, goesOn);
    const beganAt = await now();
    const deps = await openCollecting(scope, claims.lost, endOfTurn(context.signal));
    if (!deps) return;
    const wasUnchecked = await isUnchecked(scope);
    const before = await readBefore(scope, goesOn, beganAt);
    const end = await collectOnce(deps, before.done);
    const mustCheck = wasUnchecked && (await isUnchecked(scope));
    const mayWriteAgain = wasUnchecked && !mustCheck;
    if (end !== 'used_up' && (end.found > 0 || mayWriteAgain))
      await inTransaction((tx) => enqueueInbox(tx, scope));
    const waitMs = mustCheck && isUntroubled(end) ? Math.min(waitOf(end), uncheckedWaitMs) : waitOf(end);
    await nextPoll(workspaceId, waitMs, restOf(end, before.beganAt));
  } finally {
    await claims.end();
  }
}

/** After its time a turn ends, a little later what was paid for, and at once if the process is to end. */
function endOfTurn(signal: AbortSignal): NonNullable<CollectDeps['isEnough']> {
  const endAt = Date.now() + turnMs;
  return (rest) => signal.aborted || Date.now() > endAt + (rest === 'paid' ? paidMs : 0);
}

type Before = { beganAt: Date; done: Source[] };

/** What earlier turns of this poll have read; nothing after too long, or if the systems were connected anew meanwhile. */
async function readBefore(
  scope: Scope,
  goesOn: JobPayload<'sync.poll'>['goesOn'],
  at: Date,
): Promise<Before> {
  const beganAt = goesOn ? new Date(goesOn.beganAt) : at;
  const { connectedAt } = await connectionFacts(scope);
  if (!goesOn || at.getTime() - beganAt.getTime() > goesOnMs || connectedAt > beganAt)
    return { beganAt: at, done: [] };
  return { beganAt, done: sources.filter((source) => goesOn.done.includes(source)) };
}

/** With what the poll goes on at once, if it has not come to its end. */
function restOf(end: PollEnd | 'used_up', beganAt: Date): JobPayload<'sync.poll'>['goesOn'] {
  if (end === 'used_up' || !end.left || end.troubles.length > 0) return undefined;
  return { beganAt: beganAt.toISOString(), done: end.done };
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
  isEnough: NonNullable<CollectDeps['isEnough']>,
): Promise<CollectDeps | null> {
  const hubspot = await hubspotFor(scope.workspaceId, { signal });
  const salesforce = await salesforceFor(scope.workspaceId, { signal, account: scope.orgId });
  if (!hubspot.ok || !salesforce.ok) return null;
  await inTransaction((tx) => ensureDefaultMappings(tx, scope.workspaceId));
  const ports = { hubspot: hubspot.value, salesforce: salesforce.value };
  return { scope, store: collectStore(), ...ports, now, isEnough };
}

async function collectOnce(deps: CollectDeps, done: readonly Source[]): Promise<PollEnd | 'used_up'> {
  const { workspaceId } = deps.scope;
  const { values } = await currentSettings(db(), workspaceId);
  if (await isBudgetUsedUp(workspaceId, values.apiAllocation)) return 'used_up';
  const end = await collect(deps, done);
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

/** Leaves an earlier time that somebody has asked for meanwhile; whoever has wants a whole poll. */
async function nextPoll(
  workspaceId: string,
  waitMs: number,
  goesOn?: JobPayload<'sync.poll'>['goesOn'],
): Promise<void> {
  const jobKey = pollKeyOf(workspaceId);
  const runAt = new Date((await now()).getTime() + waitMs);
  await inTransaction(async (tx) => {
    if (goesOn) await lockRuns(tx, workspaceId);
    const isRest = goesOn !== undefined && !(await isJobWaiting(tx, jobKey));
    const payload = isRest ? { workspaceId, goesOn } : { workspaceId };
    await enqueue(tx, 'sync.poll', payload, { jobKey, runAt, keepsTime: true });
  });
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
