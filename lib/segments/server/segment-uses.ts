import type { Db } from '#lib/core/db.ts';
import { db } from '#lib/core/db.ts';
import { type SegmentUse, segmentUseSchema } from '../schemas.ts';
import { listUses, replaceUse } from './repository.ts';

/** Says in the caller's transaction which segment a use has from now on; null ends the use. */
export async function setSegmentUse(
  tx: Db,
  workspaceId: string,
  use: SegmentUse,
  listId: string | null,
  at: Date,
): Promise<void> {
  await replaceUse(tx, workspaceId, use, listId, at);
}

export type Uses = {
  /** What each segment is used for now. */
  current: ReadonlyMap<string, SegmentUse[]>;
  /** The segment of each use. */
  selected: Partial<Record<SegmentUse, string>>;
  /** Segments that had a use before, the latest first. */
  recent: string[];
};

/** What the segments of a workspace are used for, and were. */
export async function segmentUses(workspaceId: string, on: Db = db()): Promise<Uses> {
  const current = new Map<string, SegmentUse[]>();
  const selected: Uses['selected'] = {};
  const recent: string[] = [];
  for (const row of await listUses(on, workspaceId)) {
    const use = segmentUseSchema.safeParse(row.use);
    if (!use.success) recent.push(row.listId);
    else {
      selected[use.data] = row.listId;
      current.set(row.listId, [...(current.get(row.listId) ?? []), use.data]);
    }
  }
  return { current, selected, recent: [...new Set(recent)].filter((listId) => !current.has(listId)) };
}
