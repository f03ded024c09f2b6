import { addNotice } from '#lib/activity/server/index.ts';
import type { Db } from '#lib/core/db.ts';
import type { RunReason } from '../schemas.ts';
import type { RunRow } from './repository.ts';

const hourMs = 3_600_000;

/** What a person must know of, because it does not pass by itself soon. */
const tellingReasons: ReadonlySet<RunReason> = new Set([
  'budget_used_up',
  'inclusion_segment_gone',
  'salesforce_rate_limited',
]);

/** Puts the end of a run into the bell: of one that a person started always, of the others if anybody failed. */
export async function tellEnd(
  tx: Db,
  run: RunRow,
  end: { status: 'DONE' | 'STOPPED' | 'FAILED'; reason: RunReason | null },
  at: Date,
): Promise<void> {
  const { workspaceId } = run;
  const isAsked = run.kind === 'RESYNC' || run.kind === 'IMPORT';
  if (end.status === 'FAILED') {
    const data = { runId: run.id, run: run.kind, reason: end.reason ?? 'unexpected' };
    return addNotice(tx, { workspaceId, kind: 'run_broken_off', data, at });
  }
  if (end.status === 'STOPPED') return;
  if (isAsked) {
    const data = { runId: run.id, run: run.kind, people: run.processed, failed: run.failed };
    return addNotice(tx, { workspaceId, kind: 'run_ended', data, at });
  }
  if (run.failed === 0) return;
  await addNotice(tx, { workspaceId, kind: 'new_errors', data: {}, at, notWithinMs: 6 * hourMs });
}

/** Puts into the bell why a run waits, once a day, if a person can do something about it. */
export async function tellWaiting(
  tx: Db,
  run: { workspaceId: string },
  reason: RunReason | null,
  at: Date,
): Promise<void> {
  if (reason === null || !tellingReasons.has(reason)) return;
  const { workspaceId } = run;
  await addNotice(tx, { workspaceId, kind: 'run_waits', data: { reason }, at, notWithinMs: 24 * hourMs });
}
