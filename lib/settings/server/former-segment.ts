import { db } from '#lib/core/db.ts';
import { describeSegment } from '#lib/segments/server/index.ts';
import type { FormerSegment } from '../schemas.ts';
import { countedBySwitch, findSegmentDeletion, membersAt } from './repository.ts';

/** A version, and the moment of it that is looked at. */
type Then = { version: number; at: Date };

/**
 * What has become of a segment that limited the sync once; asked of HubSpot, else as last seen. Its size is the
 * one of then, if it is kept.
 */
export async function formerSegment(
  workspaceId: string,
  listId: string | null,
  then: Then,
): Promise<FormerSegment | null> {
  if (listId === null) return null;
  const size = await sizeOf(workspaceId, listId, then);
  const { segment } = await describeSegment(workspaceId, listId);
  if (!segment) return { listId, name: null, state: 'unknown', deletedAt: null, size };
  const deletedAt = segment.state === 'deleted' ? await findSegmentDeletion(db(), workspaceId, listId) : null;
  const state = segment.state === 'deleted' || segment.state === 'static' ? segment.state : 'active';
  return { listId, name: segment.name, state, deletedAt: deletedAt?.toISOString() ?? null, size };
}

/** By the memberships of that moment, else by what the switch to the segment has counted. */
async function sizeOf(workspaceId: string, listId: string, { version, at }: Then): Promise<number | null> {
  const members = await membersAt(db(), workspaceId, listId, at);
  return members ?? countedBySwitch(db(), workspaceId, listId, version);
}
