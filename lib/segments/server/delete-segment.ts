import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { openHubSpot } from './load-list.ts';
import { deleteDraft, findSegment, markDeleted } from './repository.ts';
import { segmentUses } from './segment-uses.ts';
import { writeFailure } from './write-failure.ts';

/**
 * Deletes a segment in HubSpot; its contacts stay and it can be restored for 90 days. Fails with
 * `segment_in_use` while it limits what syncs, `not_found`, or as the connection or HubSpot does.
 */
export async function deleteSegment(actor: Actor, listId: string): Promise<Result<null>> {
  const { workspaceId, userId } = actor;
  const row = await findSegment(db(), workspaceId, listId);
  if (!row) return fail({ code: 'not_found' });
  const uses = await segmentUses(workspaceId);
  if (uses.current.has(listId)) return fail({ code: 'segment_in_use' });
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const deleted = await hubspot.value.deleteList(listId);
  const isGone = deleted.ok || deleted.failure.kind === 'notFound';
  if (!isGone) return fail(writeFailure(deleted.failure));
  await inTransaction(async (tx) => {
    const at = await now(tx);
    await markDeleted(tx, workspaceId, listId, at);
    await deleteDraft(tx, workspaceId, userId, listId);
    await recordAudit(tx, {
      workspaceId,
      actorId: userId,
      actor: actor.name,
      action: 'segment.deleted',
      app: 'hubspot',
      oldValue: { listId, name: row.name },
      at,
    });
  });
  return ok(null);
}
