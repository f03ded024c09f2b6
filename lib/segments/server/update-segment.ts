import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import type { FilterBranch } from '../filter/model.ts';
import { isActive } from '../rules.ts';
import type { SegmentDetail, UpdateSegment } from '../schemas.ts';
import { checkFilters } from './create-segment.ts';
import { getSegment } from './get-segment.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { type SegmentRow, storeDescription } from './repository.ts';
import { storeWritten } from './store-written.ts';
import { writeFailure } from './write-failure.ts';

type Loaded = { row: SegmentRow; filterBranch: FilterBranch | null };

/**
 * Changes the name, the description or the filters of a segment in HubSpot. Filters are written only over
 * the version they were made from: else `version_conflict` with the newer segment. Filters of a static
 * segment cannot change (`static_segment`). Otherwise fails as `createSegment`.
 */
export async function updateSegment(
  actor: Actor,
  listId: string,
  change: UpdateSegment,
): Promise<Result<SegmentDetail>> {
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const loaded = await loadList(hubspot.value, actor.workspaceId, listId);
  if (!loaded.ok) return loaded;
  const allowed = await checkChange(actor, loaded.value, change);
  if (!allowed.ok) return allowed;
  const renamed = await rename(hubspot.value, actor, loaded.value, change);
  if (!renamed.ok) return renamed;
  const filtered = await changeFilters(hubspot.value, actor, loaded.value, change);
  if (!filtered.ok) return filtered;
  if (change.description !== undefined) {
    await storeDescription(db(), actor.workspaceId, listId, change.description);
  }
  return getSegment(actor, listId);
}

async function checkChange(actor: Actor, { row }: Loaded, change: UpdateSegment): Promise<Result<void>> {
  if (!change.filterBranch) return ok(undefined);
  if (!isActive(row)) return fail({ code: 'static_segment', values: { name: row.name } });
  if (row.version !== change.version) {
    const newer = await getSegment(actor, row.listId);
    return newer.ok
      ? fail({ code: 'version_conflict', values: { name: 'HubSpot' }, current: newer.value })
      : newer;
  }
  return checkFilters(change.filterBranch) ?? ok(undefined);
}

async function rename(
  hubspot: HubSpotPort,
  actor: Actor,
  { row }: Loaded,
  change: UpdateSegment,
): Promise<Result<void>> {
  if (change.name === undefined || change.name === row.name) return ok(undefined);
  const renamed = await hubspot.renameList(row.listId, change.name);
  if (!renamed.ok) return fail(writeFailure(renamed.failure));
  const names = { oldValue: row.name, newValue: change.name };
  await storeWritten(actor, { list: renamed.value, action: 'segment.renamed', ...names });
  return ok(undefined);
}

async function changeFilters(
  hubspot: HubSpotPort,
  actor: Actor,
  loaded: Loaded,
  change: UpdateSegment,
): Promise<Result<void>> {
  const { filterBranch } = change;
  if (!filterBranch) return ok(undefined);
  const { listId } = loaded.row;
  const written = await hubspot.updateListFilters(listId, filterBranch);
  if (!written.ok) return fail(writeFailure(written.failure));
  await storeWritten(actor, {
    list: written.value,
    action: 'segment.filtersChanged',
    oldValue: loaded.filterBranch,
    newValue: filterBranch,
    filterBranch,
    draftOf: listId,
  });
  return ok(undefined);
}
