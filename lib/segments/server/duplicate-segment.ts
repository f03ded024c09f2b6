import type { Actor } from '#lib/auth/actor.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { isActive } from '../rules.ts';
import type { SegmentDetail } from '../schemas.ts';
import { createSegment } from './create-segment.ts';
import { loadList, openHubSpot } from './load-list.ts';

/** A new active segment with the same filters under another name. Segments without filters are refused. */
export async function duplicateSegment(
  actor: Actor,
  listId: string,
  name: string,
): Promise<Result<SegmentDetail>> {
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const loaded = await loadList(hubspot.value, actor.workspaceId, listId);
  if (!loaded.ok) return loaded;
  const { row, filterBranch } = loaded.value;
  if (!filterBranch) return fail({ code: 'static_segment', values: { name: row.name } });
  const kind = isActive(row) ? 'active' : 'static';
  return createSegment(
    actor,
    { name, kind, filterBranch, description: row.description ?? '' },
    { keepDraft: true },
  );
}
