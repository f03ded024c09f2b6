import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import { log } from '#lib/core/log.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { claimKeys } from '../engine/claims.ts';
import { closeInbox, type InboxEnd, workInbox } from '../engine/work-inbox.ts';
import type { Scope } from '../store.ts';
import type { Trouble } from '../trouble.ts';
import { type OpenClaims, openClaims } from './claims.ts';
import { countCallsOf } from './count-calls.ts';
import { openDeps } from './open-deps.ts';
import { findSalesforceConnection } from './repository.ts';
import { openStore } from './store.ts';
import { findInboxes, freeOrphans } from './triggers-repository.ts';

const elsewhereWaitMs = 5_000;
/** Trouble that only a person can end is looked at again now and then. */
const longWaitMs = 5 * 60_000;

type Payload = { workspaceId: string; orgId: string; troubles: number };

/**
 * The job of an inbox: works on one group of what is due, then asks for the next one, so that every workspace
 * has its turn. Any number of these may begin, at any point and after any crash.
 */
export async function runInbox(
  { workspaceId, orgId, troubles }: Payload,
  context: JobContext,
): Promise<void> {
  const scope = { workspaceId, orgId };
  const claims = openClaims(orgId, context.workerId);
  const key = claimKeys.inbox(workspaceId);
  try {
    if (!(await claims.take([key])).has(key)) return await next(scope, { waitMs: elsewhereWaitMs, troubles });
    await freeOrphans(db(), scope);
    const connection = await findSalesforceConnection(db(), workspaceId);
    if (!connection || connection.status === 'DISCONNECTED')
      return await closeInbox({ store: openStore(scope) });
    // Another org: what waits belongs to the former one and rests until it comes back.
    if (connection.accountId !== orgId) return;
    const end = await workOnce(scope, claims, { context, troubles });
    await askForNext(scope, end, troubles);
  } catch (error) {
    if (!claims.lost.aborted) throw error;
    log.warn({ workspaceId }, 'an inbox was left, because its claims were lost');
  } finally {
    await claims.end();
  }
}

async function workOnce(
  scope: Scope,
  claims: OpenClaims,
  { context, troubles }: { context: JobContext; troubles: number },
): Promise<InboxEnd> {
  const deps = await openDeps(scope, claims, troubles);
  if (!deps.ok) return { kind: 'trouble', trouble: deps.failure, runId: null };
  const count = await countCallsOf(scope.workspaceId);
  const end = await workInbox(deps.value, {
    troubles,
    keep: [claimKeys.inbox(scope.workspaceId)],
    shouldStop: async () => context.signal.aborted,
  });
  if (end.kind !== 'empty') await count.addTo(end.runId);
  return end;
}

async function askForNext(scope: Scope, end: InboxEnd, troubles: number): Promise<void> {
  if (end.kind === 'more') return next(scope, { waitMs: 0, troubles: 0 });
  if (end.kind === 'trouble') return waitFor(scope, end.trouble, troubles);
  if (end.nextAt) {
    const waitMs = Math.max(end.nextAt.getTime() - (await now()).getTime(), 0);
    await next(scope, { waitMs, troubles: 0 });
  }
}

function waitFor(scope: Scope, trouble: Trouble, troubles: number): Promise<void> {
  const { workspaceId } = scope;
  log.warn({ workspaceId, reason: trouble.reason, detail: trouble.detail }, 'an inbox can’t go on now');
  const waitMs = (trouble.waitMs ?? longWaitMs) * (1 + Math.random() / 5);
  return next(scope, { waitMs, troubles: troubles + 1 });
}

/** A wait never puts off what somebody has asked for meanwhile. */
async function next(scope: Scope, { waitMs, troubles }: { waitMs: number; troubles: number }): Promise<void> {
  const runAt = new Date((await now()).getTime() + waitMs);
  await inTransaction((tx) => enqueueInbox(tx, scope, { runAt, troubles, keepsTime: waitMs > 0 }));
}

/** Asks for work on an inbox in the caller's transaction; at once, if no time is given. */
export async function enqueueInbox(
  tx: Db,
  { workspaceId, orgId }: Scope,
  options: { runAt?: Date; troubles?: number; keepsTime?: boolean } = {},
): Promise<void> {
  const { troubles = 0, ...when } = options;
  const jobKey = `inbox:${workspaceId}:${orgId}`;
  await enqueue(tx, 'sync.inbox', { workspaceId, orgId, troubles }, { jobKey, ...when });
}

/** Gives every inbox with something due a job, if it has none or one for later that only waits for a time. */
export async function resumeInboxes(): Promise<void> {
  for (const scope of await findInboxes(db(), await now())) {
    await inTransaction((tx) => enqueueInbox(tx, scope));
  }
}
