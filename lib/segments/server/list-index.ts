import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { isActive, matchRank } from '../rules.ts';
import type { SegmentIndex, SegmentIndexQuery } from '../schemas.ts';
import { creatorNames } from './creator-names.ts';
import { refreshOnOpening } from './refresh-on-opening.ts';
import { listSegments, type SegmentRow } from './repository.ts';
import { segmentUses, type Uses } from './segment-uses.ts';
import { toSegment } from './to-segment.ts';

const restorableForMs = 90 * 86_400_000;

/** One page of the index of segments, of every object and kind, as last seen (refreshed on opening). */
export async function listIndex(actor: Actor, query: SegmentIndexQuery): Promise<Result<SegmentIndex>> {
  const { workspaceId } = actor;
  const refreshed = await refreshOnOpening(workspaceId);
  if (!refreshed.ok) return refreshed;
  const [rows, uses, at] = await Promise.all([
    listSegments(db(), workspaceId),
    segmentUses(workspaceId),
    now(),
  ]);
  const names = await creatorNames(
    workspaceId,
    rows.map((row) => row.createdById),
  );
  const inView = rows
    .filter((row) => isInView(row, query.view, uses, at))
    .filter((row) => query.q === '' || matchRank(row.searchName, query.q) !== null)
    .filter((row) => query.createdBy === '' || row.createdById === query.createdBy)
    .sort(comparer(query, uses));
  const start = (query.page - 1) * query.size;
  const context = { uses: uses.current, names, now: at };
  const creators = new Set(rows.flatMap((row) => row.createdById ?? []));
  return ok({
    segments: inView.slice(start, start + query.size).map((row) => toSegment(row, context)),
    total: inView.length,
    inAccount: rows.filter((row) => !row.deletedAt).length,
    creators: [...creators].flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) ?? '' }] : [])),
    stale: refreshed.value.stale,
    canEdit: actor.role === 'admin',
  });
}

function isInView(row: SegmentRow, view: SegmentIndexQuery['view'], uses: Uses, at: Date): boolean {
  if (view === 'deleted') {
    return row.deletedAt !== null && at.getTime() - row.deletedAt.getTime() < restorableForMs;
  }
  if (row.deletedAt) return false;
  const isUsed = uses.current.has(row.listId);
  switch (view) {
    case 'active':
      return isActive(row);
    case 'static':
      return !isActive(row);
    case 'recent':
      return isUsed || uses.recent.includes(row.listId);
    case 'unused':
      return !isUsed;
    default:
      return true;
  }
}

function comparer(query: SegmentIndexQuery, uses: Uses) {
  const sign = query.direction === 'ascending' ? 1 : -1;
  const byName = (a: SegmentRow, b: SegmentRow) => a.searchName.localeCompare(b.searchName, 'en');
  return (a: SegmentRow, b: SegmentRow): number => {
    if (query.view === 'recent' && query.q === '') return recency(a, uses) - recency(b, uses) || byName(a, b);
    if (query.sort === 'name') return sign * byName(a, b);
    if (query.sort === 'size') return sign * ((a.size ?? -1) - (b.size ?? -1)) || byName(a, b);
    return sign * ((a.updatedAt?.getTime() ?? 0) - (b.updatedAt?.getTime() ?? 0)) || byName(a, b);
  };
}

function recency(row: SegmentRow, uses: Uses): number {
  return uses.current.has(row.listId) ? -1 : uses.recent.indexOf(row.listId);
}
