import { flushApiUse } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { addCalls, totalCalls } from './repository.ts';

/** Counts the calls of a workspace from now on, for the run that made them. */
export async function countCallsOf(
  workspaceId: string,
): Promise<{ addTo(runId: string | null): Promise<void> }> {
  const before = await callsSoFar(workspaceId);
  return {
    async addTo(runId) {
      if (runId === null) return;
      const after = await callsSoFar(workspaceId);
      await addCalls(db(), runId, {
        hubspot: after.hubspot - before.hubspot,
        salesforce: after.salesforce - before.salesforce,
      });
    },
  };
}

async function callsSoFar(workspaceId: string) {
  await flushApiUse();
  return totalCalls(db(), workspaceId);
}
