import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { isActive, type Run } from '../schemas.ts';
import { enqueueRun } from './enqueue-run.ts';
import { findRunOf, moveRun, viewOf } from './repository.ts';

/**
 * Stops a run after the batch at hand; what is done stays. Fails with `not_found`, or `run_not_active` if
 * it has ended.
 */
export function stopRun(actor: Actor, runId: string): Promise<Result<Run>> {
  const { workspaceId } = actor;
  return inTransaction(async (tx) => {
    const run = await findRunOf(tx, workspaceId, runId);
    if (!run) return fail<Failure>({ code: 'not_found' });
    // What is in the inbox is worked on anyway: only a pause keeps it.
    const isInbox = run.kind === 'POLL' || run.kind === 'RETRY';
    if (!isActive(run) || isInbox) return fail<Failure>({ code: 'run_not_active' });
    if (await moveRun(tx, runId, ['QUEUED', 'WAITING', 'RUNNING'], 'STOPPING')) {
      await recordAudit(tx, {
        workspaceId,
        actorId: actor.userId,
        actor: actor.name,
        action: 'run.stopped',
        app: 'segbridge',
        newValue: { runId },
        at: await now(tx),
      });
      // One that waits is not woken by anything else before its time.
      if (run.status !== 'RUNNING') await enqueueRun(tx, run);
    }
    const stopped = await findRunOf(tx, workspaceId, runId);
    return stopped ? ok(viewOf(stopped)) : fail<Failure>({ code: 'not_found' });
  });
}
