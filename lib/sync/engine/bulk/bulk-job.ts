import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { BulkState, Values } from '#lib/crm/ports.ts';
import type { Gate } from '#lib/settings/rules.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import type { Session } from '../session.ts';

/** From so many records to write on, Bulk jobs cost fewer calls than collections (sync rules, section 8). */
export const bulkFrom = 2_000;

const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;
/** A job that takes longer is left to itself: whoever comes later finds its records. */
const patienceMs = 15 * 60_000;

/**
 * Waits until a job has ended, in few calls: first for as long as the job before took for as many rows, after each
 * answer for as long as the rows left will take at the speed so far. Null if it takes too long to be waited for.
 */
export async function untilEnded(
  session: Session,
  jobId: string,
  rows: number,
): Promise<Result<BulkState | null, Trouble>> {
  const { bulk, salesforce, troubles } = session;
  let waitedMs = 0;
  const expectedMs = (session.bulkMsPerRow ?? 0) * rows;
  for (let pauseMs = within(expectedMs); waitedMs < patienceMs; ) {
    await bulk.pause(pauseMs);
    waitedMs += pauseMs;
    const job = await salesforce.bulkJob(jobId);
    if (!job.ok) return fail(troubleOf('salesforce', job.failure, troubles));
    if (hasEnded(job.value)) {
      session.bulkMsPerRow = waitedMs / Math.max(rows, 1);
      return ok(job.value);
    }
    pauseMs = nextPauseMs(pauseMs, { waitedMs, processed: job.value.processed, rows });
  }
  return ok(null);
}

export function hasEnded({ state }: BulkState): boolean {
  return state === 'done' || state === 'failed' || state === 'aborted';
}

const within = (ms: number) => Math.min(Math.max(ms, shortestPauseMs), longestPauseMs);

/** When to ask again: once the rest is done, if anything is done at all; otherwise after twice the time. */
export function nextPauseMs(
  lastMs: number,
  { waitedMs, processed, rows }: { waitedMs: number; processed: number; rows: number },
): number {
  const expectedMs = processed > 0 ? (waitedMs / processed) * (rows - processed) : lastMs * 2;
  return within(expectedMs);
}

/**
 * Ends a job whose upload is not completed. If Salesforce does not hear of it, nothing comes of the job either:
 * a job without its rows completed does nothing, and is dropped after some days.
 */
export async function abortOpenJob(session: Session, jobId: string): Promise<void> {
  await session.salesforce.abortBulkJob(jobId);
}

/** What Bulk reads as an order to empty a field, and so can't be written by it. */
const emptied = '#N/A';

/** Can the rows of a job say these values? */
export function canCarry(values: Values): boolean {
  return !Object.values(values).includes(emptied);
}

/** Did nobody change the inclusion segment in between? */
export function isSameGate(a: Gate, b: Gate): boolean {
  return a.listId === b.listId && a.alsoListId === b.alsoListId;
}

/** Salesforce does not want this done by Bulk; it may well be done in another way. */
export function isRefused(failure: CrmFailure): boolean {
  return failure.kind === 'rejected' || failure.kind === 'notFound';
}
