import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { log, logBug } from '#lib/core/log.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { claimKeys } from '../engine/claims.ts';
import { type PassEnd, type PeopleSource, runPass } from '../engine/run-pass.ts';
import { openSession } from '../engine/session.ts';
import { isActive, type RunCursor, type RunReason, startCursor } from '../schemas.ts';
import { pauseMs, type Trouble } from '../trouble.ts';
import { type OpenClaims, openClaims } from './claims.ts';
import { countCallsOf } from './count-calls.ts';
import { enqueueRun } from './enqueue-run.ts';
import { openDeps } from './open-deps.ts';
import {
  changeRun,
  cursorOf,
  findRun,
  findSalesforceConnection,
  moveRun,
  type RunRow,
  refOf,
  statusOf,
} from './repository.ts';
import { tellEnd, tellWaiting } from './tell.ts';

const elsewhereWaitMs = 5_000;

/** The job of a resync. */
export function runResync(payload: { runId: string }, context: JobContext): Promise<void> {
  return workOnRun(payload, context);
}

/**
 * The job of a run that a person started; of a resync, if no other people are named. It works on the run from its cursor until everybody has an outcome, or until it must
 * wait: then the run says why, and a later job goes on. Any number of these may begin, at any point and
 * after any crash: one at a time works on a run, and each finds what the others did.
 */
export async function workOnRun(
  { runId }: { runId: string },
  context: JobContext,
  source?: PeopleSource,
): Promise<void> {
  const run = await findRun(db(), runId);
  if (!run || !isActive(run)) return;
  const claims = openClaims(run.orgId, context.workerId);
  try {
    if (!(await claims.take([claimKeys.run(runId)])).has(claimKeys.run(runId))) {
      await continueLater(run, elsewhereWaitMs);
      return;
    }
    await work(run, claims, { context, source });
  } catch (error) {
    if (claims.lost.aborted) {
      log.warn({ runId }, 'a run was given up, because its claims were lost');
      return;
    }
    if (!context.isLastAttempt) throw error;
    const reference = logBug(error, { runId });
    await end(runId, 'FAILED', 'unexpected', reference);
  } finally {
    await claims.end();
  }
}

type How = { context: JobContext; source: PeopleSource | undefined };

async function work(run: RunRow, claims: OpenClaims, how: How): Promise<void> {
  if (run.status === 'STOPPING') return end(run.id, 'STOPPED', null);
  await moveRun(db(), run.id, ['QUEUED', 'WAITING'], 'RUNNING');
  if (!run.startedAt) await changeRun(db(), run.id, { startedAt: await now() });
  const cursor = cursorOf(run);
  const count = await countCallsOf(run.workspaceId);
  const ended = await runOnce(run, cursor, claims, how);
  await count.addTo(run.id);
  if (!claims.lost.aborted) await conclude(run, ended);
}

async function runOnce(
  run: RunRow,
  cursor: RunCursor,
  claims: OpenClaims,
  { context, source }: How,
): Promise<PassEnd> {
  const connection = await findSalesforceConnection(db(), run.workspaceId);
  if (connection?.status === 'DISCONNECTED' || !connection) {
    return { kind: 'trouble', trouble: { reason: 'salesforce_not_connected', waitMs: null }, cursor };
  }
  if (connection.accountId !== run.orgId) {
    return { kind: 'trouble', trouble: { reason: 'other_org', waitMs: null }, cursor };
  }
  const { workspaceId, orgId } = run;
  const deps = await openDeps({ workspaceId, orgId }, claims, cursor.troubles);
  if (!deps.ok) return { kind: 'trouble', trouble: deps.failure, cursor };
  const session = await openSession(deps.value, refOf(run), cursor.troubles);
  if (!session.ok) return { kind: 'trouble', trouble: session.failure, cursor };
  const command = async () => {
    if (context.signal.aborted) return 'leave';
    return (await statusOf(db(), run.id)) === 'STOPPING' ? 'stop' : 'go';
  };
  return runPass(session.value, cursor, command, source);
}

async function conclude(run: RunRow, ended: PassEnd): Promise<void> {
  switch (ended.kind) {
    case 'stopped':
      return end(run.id, 'STOPPED', null);
    case 'left':
      return wait(run.id, { cursor: ended.cursor, waitMs: 0, reason: null });
    case 'trouble':
      return inTrouble(run, ended.trouble, ended.cursor);
    case 'done':
      return ended.cursor.later
        ? nextPass(run.id, ended.cursor, ended.cursor.later)
        : end(run.id, 'DONE', null);
  }
}

/** Begins at the first member again, for those left for later; who has an outcome is passed over. */
async function nextPass(
  runId: string,
  cursor: RunCursor,
  later: NonNullable<RunCursor['later']>,
): Promise<void> {
  const untilTime = Date.parse(later.at) - (await now()).getTime();
  const growing = later.reason === 'record_locked' ? pauseMs(cursor.passes) : 0;
  return wait(runId, {
    cursor: { ...startCursor, passes: cursor.passes + 1 },
    waitMs: Math.max(untilTime, growing, 0),
    reason: later.reason,
  });
}

async function inTrouble(run: RunRow, trouble: Trouble, cursor: RunCursor): Promise<void> {
  log.warn({ runId: run.id, reason: trouble.reason, detail: trouble.detail }, 'a run can’t go on now');
  if (trouble.waitMs === null) {
    const reference = trouble.detail
      ? logBug(new Error(`${trouble.reason}: ${trouble.detail}`), { runId: run.id })
      : null;
    return end(run.id, 'FAILED', trouble.reason, reference);
  }
  const waitMs = Math.max(trouble.waitMs, trouble.reason.endsWith('_unavailable') ? pauseMs(0) : 0);
  const jitterMs = Math.random() * 0.2 * waitMs;
  return wait(run.id, {
    cursor: { ...cursor, troubles: cursor.troubles + 1 },
    waitMs: waitMs + jitterMs,
    reason: trouble.reason,
  });
}

/** Leaves the run until later; a person who asked for its end meanwhile gets it at once. */
async function wait(
  runId: string,
  next: { cursor: RunCursor; waitMs: number; reason: RunReason | null },
): Promise<void> {
  const runAt = new Date((await now()).getTime() + next.waitMs);
  await inTransaction(async (tx) => {
    await changeRun(tx, runId, { cursor: next.cursor, reason: next.reason });
    await moveRun(tx, runId, ['RUNNING', 'QUEUED'], 'WAITING');
    const isStopping = (await statusOf(tx, runId)) === 'STOPPING';
    const run = await findRun(tx, runId);
    if (run) await tellWaiting(tx, run, next.reason, await now(tx));
    if (run) await enqueueRun(tx, run, isStopping ? undefined : runAt);
  });
}

async function continueLater(run: RunRow, waitMs: number): Promise<void> {
  const runAt = new Date((await now()).getTime() + waitMs);
  await inTransaction((tx) => enqueueRun(tx, run, runAt));
}

async function end(
  runId: string,
  status: 'DONE' | 'STOPPED' | 'FAILED',
  reason: RunReason | null,
  reference: string | null = null,
): Promise<void> {
  const run = await findRun(db(), runId);
  // Members come and go while a run works: at its end it has seen exactly those it has outcomes for.
  const total = status === 'DONE' && run ? { total: run.processed } : {};
  await inTransaction(async (tx) => {
    const at = await now(tx);
    const ended = await changeRun(tx, runId, { status, reason, reference, finishedAt: at, ...total });
    if (ended && run) await tellEnd(tx, run, { status, reason }, at);
  });
}
