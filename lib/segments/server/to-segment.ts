import { isActive, segmentState } from '../rules.ts';
import type { Segment, SegmentUse } from '../schemas.ts';
import type { SegmentRow } from './repository.ts';

/** A stored segment as the API answers it. */
export function toSegment(
  row: SegmentRow,
  context: { uses: ReadonlyMap<string, SegmentUse[]>; names: ReadonlyMap<string, string>; now: Date },
): Segment {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    listId: row.listId,
    name: row.name,
    objectTypeId: row.objectTypeId,
    kind: isActive(row) ? 'active' : 'static',
    state: segmentState(row, context.now),
    size: row.size,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    processingSince: iso(row.processingSince),
    deletedAt: iso(row.deletedAt),
    createdBy: row.createdById === null ? null : (context.names.get(row.createdById) ?? null),
    description: row.description,
    uses: context.uses.get(row.listId) ?? [],
  };
}
