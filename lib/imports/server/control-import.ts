import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { resumeRun, stopRun } from '#lib/sync/server/index.ts';
import type { Import } from '../schemas.ts';
import { getImport } from './get-import.ts';
import { findImportOf, lockImport, storeFinish } from './repository.ts';
import { runOf } from './start-import.ts';

/** Stops an import after the batch at hand. Fails with `not_found`, or `run_not_active`. */
export async function stopImport(actor: Actor, id: string): Promise<Result<Import>> {
  const runId = await runOf(actor.workspaceId, id);
  if (!runId.ok) return runId;
  const stopped = await stopRun(actor, runId.value);
  return stopped.ok ? getImport(actor, id) : stopped;
}

/** Lets a stopped import go on. Fails with `not_found`, `run_not_stopped`, or `run_already_active`. */
export async function resumeImport(actor: Actor, id: string): Promise<Result<Import>> {
  const runId = await runOf(actor.workspaceId, id);
  if (!runId.ok) return runId.failure.code === 'not_found' ? runId : fail({ code: 'run_not_stopped' });
  const resumed = await resumeRun(actor, runId.value);
  if (!resumed.ok) return resumed;
  await inTransaction((tx) => storeFinish(tx, id, null));
  return getImport(actor, id);
}

/** Leaves a stopped import as it is, for good. Fails with `not_found`, or `run_not_stopped`. */
export async function finishImport(actor: Actor, id: string): Promise<Result<Import>> {
  const { workspaceId } = actor;
  const finished = await inTransaction(async (tx): Promise<Result<null, Failure>> => {
    await lockImport(tx, id);
    const row = await findImportOf(tx, workspaceId, id);
    if (!row) return fail({ code: 'not_found' });
    const view = await getImport(actor, id);
    if (!view.ok) return view;
    if (view.value.state !== 'stopped') return fail({ code: 'run_not_stopped' });
    const at = await now(tx);
    await storeFinish(tx, id, at);
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge', at },
      action: 'import.finished',
      newValue: { importId: id, runId: row.runId },
    });
    return ok(null);
  });
  return finished.ok ? getImport(actor, id) : finished;
}
