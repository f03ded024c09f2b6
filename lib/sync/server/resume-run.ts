import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Run } from '../schemas.ts';
import { enqueueRun } from './enqueue-run.ts';
import { findActiveRun, findRunOf, lockRuns, reopenRun, viewOf } from './repository.ts';

/**
 * Lets a resync or import that was stopped go on where it ended; who has an outcome in it is passed over. Fails with
 * `not_found`, `run_not_stopped`, or `run_already_active` while another one is under way.
 */
export function resumeRun(actor: Actor, runId: string): Promise<Result<Run>> {
  const { workspaceId } = actor;
  return inTransaction(async (tx) => {
    await lockRuns(tx, workspaceId);
    const run = await findRunOf(tx, workspaceId, runId);
    if (!run) return fail<Failure>({ code: 'not_found' });
    const isAsked = run.kind === 'RESYNC' || run.kind === 'IMPORT';
    if (run.status !== 'STOPPED' || !isAsked) return fail<Failure>({ code: 'run_not_stopped' });
    if (await findActiveRun(tx, workspaceId)) return fail<Failure>({ code: 'run_already_active' });
    await reopenRun(tx, runId);
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge' },
      action: 'run.resumed',
      newValue: { runId },
      at: await now(tx),
    });
    await enqueueRun(tx, run);
    const resumed = await findRunOf(tx, workspaceId, runId);
    return resumed ? ok(viewOf(resumed)) : fail<Failure>({ code: 'not_found' });
  });
}
