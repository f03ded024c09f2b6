import type { Actor } from '#lib/auth/actor.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { connectedScope, pollKeyOf } from './poll.ts';
import { lockRuns } from './repository.ts';

/**
 * Brings the next poll forward. What it finds has a run of its own; this answers at once. Fails with
 * `salesforce_not_connected` unless both systems are connected.
 */
export async function checkNow({ workspaceId }: Pick<Actor, 'workspaceId'>): Promise<Result<null>> {
  if (!(await connectedScope(workspaceId))) return fail({ code: 'salesforce_not_connected' });
  await inTransaction(async (tx) => {
    // A poll that is under way looks whether anybody has asked for one, before it goes on with the rest alone.
    await lockRuns(tx, workspaceId);
    await enqueue(tx, 'sync.poll', { workspaceId }, { jobKey: pollKeyOf(workspaceId) });
  });
  return ok(null);
}
