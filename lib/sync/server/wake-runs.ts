import { db, inTransaction } from '#lib/core/db.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { findWaitingRuns } from './repository.ts';
import { jobKeyOf } from './run-resync.ts';

/** Lets everything of a workspace that waits go on at once, such as after Salesforce's trouble was cured. */
export async function wakeRuns(workspaceId: string): Promise<void> {
  for (const runId of await findWaitingRuns(db(), workspaceId)) {
    await inTransaction((tx) => enqueue(tx, 'sync.resync', { runId }, { jobKey: jobKeyOf(runId) }));
  }
}
