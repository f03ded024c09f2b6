import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Cause } from '../triggers.ts';
import { findPeopleOfOutcomes, findSalesforceConnection } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { connectionProblem } from './start-resync.ts';
import { addTriggers } from './triggers-repository.ts';

/**
 * Puts the people of these outcomes into the inbox, to be tried again as soon as a worker is free; those of
 * another workspace, and of an org that was connected before, are passed over. Fails with
 * `salesforce_not_connected` or `salesforce_auth_lost`.
 */
export async function retryOutcomes(actor: Actor, outcomeIds: string[]): Promise<Result<{ people: number }>> {
  const { workspaceId } = actor;
  const connection = await findSalesforceConnection(db(), workspaceId);
  const problem = connectionProblem(connection);
  if (problem || !connection) return fail<Failure>(problem ?? { code: 'salesforce_not_connected' });
  return inTransaction(async (tx) => {
    const at = await now(tx);
    const cause: Cause = { kind: 'retry', side: 'person', at: at.toISOString(), source: 'person' };
    const scope = { workspaceId, orgId: connection.accountId };
    const people = await findPeopleOfOutcomes(tx, scope, outcomeIds);
    const rows = people.map((person) => ({ ...person, causes: [cause] }));
    await addTriggers(tx, scope, rows, at);
    await enqueueInbox(tx, scope);
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge', at },
      action: 'records.retried',
      newValue: { people: people.length },
    });
    return ok({ people: people.length });
  });
}
