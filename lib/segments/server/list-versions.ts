import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { readBranch } from '../filter/model.ts';
import type { SegmentVersions } from '../schemas.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { listCriteria } from './repository.ts';

/**
 * The criteria of a segment as they were from version to version, the newest first, as far as this app saw
 * them; a version that HubSpot made and nobody opened here is missing. Fails as `getSegment`.
 */
export async function listVersions(actor: Actor, listId: string): Promise<Result<SegmentVersions>> {
  const { workspaceId } = actor;
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const loaded = await loadList(hubspot.value, workspaceId, listId);
  if (!loaded.ok) return loaded;
  const { version, filtersUpdatedAt } = loaded.value.row;
  const rows = await listCriteria(db(), workspaceId, listId);
  return ok({
    current: version,
    versions: rows.flatMap((row) => {
      const filterBranch = readBranch(row.filterBranch);
      const at = row.version === version ? (filtersUpdatedAt ?? row.seenAt) : row.seenAt;
      return filterBranch
        ? [{ version: row.version, at: at.toISOString(), by: row.savedBy, filterBranch }]
        : [];
    }),
  });
}
