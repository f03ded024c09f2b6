import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { SegmentDetail } from '../schemas.ts';
import { creatorNames } from './creator-names.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { findWorkspace } from './repository.ts';
import { segmentUses } from './segment-uses.ts';
import { toSegment } from './to-segment.ts';

/** One segment with its filters, fresh from HubSpot. Fails with `unknown_segment` or `deleted_segment`. */
export async function getSegment(actor: Actor, listId: string): Promise<Result<SegmentDetail>> {
  const { workspaceId } = actor;
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const loaded = await loadList(hubspot.value, workspaceId, listId);
  if (!loaded.ok) return loaded;
  const { row, filterBranch } = loaded.value;
  const [uses, names, at, workspace] = await Promise.all([
    segmentUses(workspaceId),
    creatorNames(workspaceId, [row.createdById]),
    now(),
    findWorkspace(db(), workspaceId),
  ]);
  return ok({
    segment: toSegment(row, { uses: uses.current, names, now: at }),
    filterBranch,
    timeZone: workspace.timeZone,
    hubspotUrl: `${hubspotHost(workspace.uiDomain)}/contacts/${workspace.hubId}/objectLists/${listId}/filters`,
    canEdit: actor.role === 'admin',
  });
}

function hubspotHost(uiDomain: string): string {
  return env().CRM_MODE === 'simulated' ? env().HUBSPOT_APP_URL : `https://${uiDomain}`;
}
