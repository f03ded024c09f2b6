import { now } from '#lib/core/clock.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { inclusionProblem } from '../rules.ts';
import type { Segment } from '../schemas.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { segmentUses } from './segment-uses.ts';
import { toSegment } from './to-segment.ts';

/**
 * Whether a list may limit the sync, asked of HubSpot now. Fails with `unknown_segment`, `deleted_segment`,
 * `static_segment`, `wrong_object_segment`, or as the connection or HubSpot does.
 */
export async function checkInclusionSegment(workspaceId: string, listId: string): Promise<Result<Segment>> {
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const loaded = await loadList(hubspot.value, workspaceId, listId);
  if (!loaded.ok) return loaded;
  const problem = inclusionProblem(loaded.value.row);
  if (problem) return fail({ code: problem, values: { name: loaded.value.row.name } });
  const uses = await segmentUses(workspaceId);
  return ok(toSegment(loaded.value.row, { uses: uses.current, names: new Map(), now: await now() }));
}
