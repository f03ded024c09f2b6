import { db, inTransaction } from '#lib/core/db.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { findSalesforceConnection, findWaitingRuns } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { jobKeyOf } from './run-resync.ts';

/** Lets everything of a workspace that waits go on at once, such as after Salesforce's trouble was cured. */
export async function wakeRuns(workspaceId: string): Promise<void> {
  const connection = await findSalesforceConnection(db(), workspaceId);
  if (!connection) return;
  await inTransaction((tx) => enqueueInbox(tx, { workspaceId, orgId: connection.accountId }));
  for (const runId of await findWaitingRuns(db(), workspaceId)) {
    await inTransaction((tx) => enqueue(tx, 'sync.resync', { runId }, { jobKey: jobKeyOf(runId) }));
  }
}
