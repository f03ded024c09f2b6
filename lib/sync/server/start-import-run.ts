import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import type { Db } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import type { Forecast, Run } from '../schemas.ts';
import { enqueueRun } from './enqueue-run.ts';
import { findActiveRun, findSalesforceConnection, insertRun, lockRuns, viewOf } from './repository.ts';
import { connectionProblem } from './start-resync.ts';

/**
 * Starts the run of an import in the caller's transaction; whom it handles is told by the job of imports. Fails
 * with `salesforce_not_connected`, `salesforce_auth_lost`, `other_org`, or `run_already_active`.
 */
export async function startImportRun(
  tx: Db,
  actor: Actor,
  given: { orgId: string; segmentName: string | null; total: number; forecast: Forecast },
): Promise<Result<Run>> {
  const { workspaceId } = actor;
  await lockRuns(tx, workspaceId);
  const connection = await findSalesforceConnection(tx, workspaceId);
  const problem = connectionProblem(connection);
  if (problem) return fail(problem);
  if (connection?.accountId !== given.orgId) return fail<Failure>({ code: 'other_org' });
  if (await findActiveRun(tx, workspaceId)) return fail<Failure>({ code: 'run_already_active' });
  const { version, values } = await currentSettings(tx, workspaceId);
  const run = await insertRun(tx, {
    ...{ ...given, kind: 'IMPORT', workspaceId, settingsVersion: version, listId: values.inclusionListId },
    ...{ startedById: actor.userId, startedBy: actor.name, createdAt: await now(tx) },
  });
  await enqueueRun(tx, run);
  return ok(viewOf(run));
}
