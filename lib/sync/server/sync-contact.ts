import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { ContactSync } from '../schemas.ts';
import { findOutcomeSince, findSalesforceConnection } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { connectionProblem } from './start-resync.ts';
import { addTriggers, findTriggersOf } from './triggers-repository.ts';

/**
 * *Sync now*: puts one contact into the inbox and has it worked on at once. Ask `contactSync` with the answer's
 * time for what became of it. Fails with `salesforce_not_connected` or `salesforce_auth_lost`.
 */
export async function syncContact(actor: Actor, contactId: string): Promise<Result<{ since: string }>> {
  const { workspaceId } = actor;
  const connection = await findSalesforceConnection(db(), workspaceId);
  const problem = connectionProblem(connection);
  if (problem || !connection) return fail(problem ?? { code: 'salesforce_not_connected' });
  const scope = { workspaceId, orgId: connection.accountId };
  return inTransaction(async (tx) => {
    const at = await now(tx);
    const since = at.toISOString();
    const cause = { kind: 'sync_now', side: 'person', at: since, source: 'person' } as const;
    await addTriggers(tx, scope, [{ contactId, recordId: null, object: null, causes: [cause] }], at);
    await enqueueInbox(tx, scope);
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge', at },
      action: 'contact.synced',
      newValue: { contactId },
    });
    return ok({ since });
  });
}

/** What has become of a contact since a moment: its outcome, or why it still waits. */
export async function contactSync(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  contactId: string,
  since: Date,
): Promise<Result<ContactSync>> {
  const connection = await findSalesforceConnection(db(), workspaceId);
  const scope = { workspaceId, orgId: connection?.accountId ?? '' };
  const outcome = await findOutcomeSince(db(), workspaceId, contactId, since);
  const [open] = await findTriggersOf(db(), scope, { contactIds: [contactId], recordIds: [] });
  return ok({
    outcome: outcome && { ...outcome, at: outcome.at.toISOString() },
    waiting: open ? { for: open.waitsFor, until: open.dueAt.toISOString() } : null,
  });
}
