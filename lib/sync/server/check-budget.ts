import { flushApiUse } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { allocationOf, budgetState, budgetWindowMs } from '../budget.ts';
import { countCalls, findSalesforceConnection } from './repository.ts';

/** How much of the Salesforce calls allocated to the sync is left, as far as we counted them. */
export async function budgetOf(
  workspaceId: string,
  allocated: number | null,
): Promise<ReturnType<typeof budgetState>> {
  await flushApiUse();
  const connection = await findSalesforceConnection(db(), workspaceId);
  const since = new Date((await now()).getTime() - budgetWindowMs);
  const used = await countCalls(db(), workspaceId, since);
  return budgetState(used, allocationOf(allocated, connection?.apiLimit ?? null));
}

/** Are they used up? */
export async function isBudgetUsedUp(workspaceId: string, allocated: number | null): Promise<boolean> {
  return (await budgetOf(workspaceId, allocated)) === 'used_up';
}
