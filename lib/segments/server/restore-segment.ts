import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, type Result } from '#lib/core/result.ts';
import type { SegmentDetail } from '../schemas.ts';
import { getSegment } from './get-segment.ts';
import { openHubSpot } from './load-list.ts';
import { findSegment } from './repository.ts';
import { storeWritten } from './store-written.ts';
import { writeFailure } from './write-failure.ts';

/** Brings a deleted segment back, within HubSpot's 90 days. Fails with `not_found` or as HubSpot does. */
export async function restoreSegment(actor: Actor, listId: string): Promise<Result<SegmentDetail>> {
  const row = await findSegment(db(), actor.workspaceId, listId);
  if (!row) return fail({ code: 'not_found' });
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const restored = await hubspot.value.restoreList(listId);
  if (!restored.ok) return fail(writeFailure(restored.failure));
  const list = await hubspot.value.list(listId);
  if (!list.ok) return fail(writeFailure(list.failure));
  await storeWritten(actor, { list: list.value, action: 'segment.restored' });
  return getSegment(actor, listId);
}
