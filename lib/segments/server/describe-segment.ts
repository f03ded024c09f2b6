import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { isActive, segmentState } from '../rules.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { findSegment } from './repository.ts';

export type DescribedSegment = {
  segment: {
    listId: string;
    name: string;
    size: number | null;
    updatedAt: string | null;
    state: 'ready' | 'processing' | 'failed' | 'deleted' | 'static';
  } | null;
  /** HubSpot did not answer just now: this is what was last seen. */
  stale: boolean;
};

/** What a chosen segment is and how it stands, asked of HubSpot; as last seen where HubSpot does not answer. */
export async function describeSegment(workspaceId: string, listId: string): Promise<DescribedSegment> {
  const hubspot = await openHubSpot(workspaceId);
  const loaded = hubspot.ok ? await loadList(hubspot.value, workspaceId, listId) : hubspot;
  const isKnown =
    loaded.ok || loaded.failure.code === 'deleted_segment' || loaded.failure.code === 'unknown_segment';
  const row = await findSegment(db(), workspaceId, listId);
  if (!row) return { segment: null, stale: !isKnown };
  const state = segmentState(row, await now());
  const segment = {
    listId,
    name: row.name,
    size: row.size,
    updatedAt: row.updatedAt?.toISOString() ?? null,
    state: state !== 'deleted' && !isActive(row) ? ('static' as const) : state,
  };
  return { segment, stale: !isKnown };
}
