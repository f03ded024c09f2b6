import { db, inTransaction } from '#lib/core/db.ts';
import { enqueueRun } from './enqueue-run.ts';
import { findSalesforceConnection, findWaitingRuns } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';

/** Lets everything of a workspace that waits go on at once, such as after Salesforce's trouble was cured. */
export async function wakeRuns(workspaceId: string): Promise<void> {
  const connection = await findSalesforceConnection(db(), workspaceId);
  if (!connection) return;
  await inTransaction((tx) => enqueueInbox(tx, { workspaceId, orgId: connection.accountId }));
  for (const run of await findWaitingRuns(db(), workspaceId)) {
    await inTransaction((tx) => enqueueRun(tx, run));
  }
}
