import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { type FilterBranch, readBranch } from '../filter/model.ts';
import { findSegment, markDeleted, type SegmentRow, storeCriteria, storeLists } from './repository.ts';

/** HubSpot for a workspace, its failures already ours. */
export async function openHubSpot(workspaceId: string): Promise<Result<HubSpotPort>> {
  const hubspot = await hubspotFor(workspaceId);
  return hubspot.ok ? hubspot : fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
}

/**
 * One list with its filters, fresh from HubSpot; what was read is stored. Fails with `unknown_segment` if
 * HubSpot never knew it and with `deleted_segment` if it was deleted.
 */
export async function loadList(
  hubspot: HubSpotPort,
  workspaceId: string,
  listId: string,
): Promise<Result<{ row: SegmentRow; filterBranch: FilterBranch | null }>> {
  const answer = await hubspot.listWithFilters(listId);
  const at = await now();
  if (!answer.ok && answer.failure.kind === 'notFound') return await missing(workspaceId, listId, at);
  if (!answer.ok) return fail(crmFailureToFailure('HUBSPOT', answer.failure));
  const { list } = answer.value;
  await storeLists(db(), workspaceId, [list], at);
  if (list.deletedAt) return fail({ code: 'deleted_segment' });
  const filterBranch = readBranch(answer.value.filterBranch);
  if (filterBranch)
    await storeCriteria(db(), { workspaceId, listId, version: list.version }, filterBranch, at);
  const row = await findSegment(db(), workspaceId, listId);
  if (!row) throw new Error(`List ${listId} was stored and is not there.`);
  return ok({ row, filterBranch });
}

async function missing(workspaceId: string, listId: string, at: Date): Promise<Result<never>> {
  const known = await findSegment(db(), workspaceId, listId);
  if (!known) return fail({ code: 'unknown_segment' });
  await markDeleted(db(), workspaceId, listId, at);
  return fail({ code: 'deleted_segment' });
}
