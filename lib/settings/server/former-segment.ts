import { db } from '#lib/core/db.ts';
import { describeSegment } from '#lib/segments/server/index.ts';
import type { FormerSegment } from '../schemas.ts';
import { findSegmentDeletion } from './repository.ts';

/** What has become of a segment that limited the sync once; asked of HubSpot, else as last seen. */
export async function formerSegment(
  workspaceId: string,
  listId: string | null,
): Promise<FormerSegment | null> {
  if (listId === null) return null;
  const { segment } = await describeSegment(workspaceId, listId);
  if (!segment) return { listId, name: null, state: 'unknown', deletedAt: null };
  const deletedAt = segment.state === 'deleted' ? await findSegmentDeletion(db(), workspaceId, listId) : null;
  const state = segment.state === 'deleted' || segment.state === 'static' ? segment.state : 'active';
  return { listId, name: segment.name, state, deletedAt: deletedAt?.toISOString() ?? null };
}
