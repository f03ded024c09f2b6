import { flushApiUse } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { allocationOf, budgetWindowMs, isUsedUp } from '../budget.ts';
import { countCalls, findSalesforceConnection } from './repository.ts';

/** Are the Salesforce calls allocated to the sync used up, as far as we counted them? */
export async function isBudgetUsedUp(workspaceId: string, allocated: number | null): Promise<boolean> {
  await flushApiUse();
  const connection = await findSalesforceConnection(db(), workspaceId);
  const since = new Date((await now()).getTime() - budgetWindowMs);
  const used = await countCalls(db(), workspaceId, since);
  return isUsedUp(used, allocationOf(allocated, connection?.apiLimit ?? null));
}
