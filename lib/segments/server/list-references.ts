import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { type FilterBranch, filtersOf, readBranch } from '../filter/model.ts';
import { readInList } from '../filter/operations.ts';
import type { CountJob } from './counting.ts';
import { loadList } from './load-list.ts';
import { findCriteria, type SegmentRow } from './repository.ts';

/** Lists looked into for one segment; chains of segments are short. */
const lookedInto = 50;

/**
 * Which lists the filters of each list name that can be reached from unsaved filters. Filters seen before are
 * not asked for again while the list has the same version. A new segment has nothing built on it.
 */
export async function referencesFrom(
  job: CountJob,
  listId: string | null,
  rows: readonly SegmentRow[],
): Promise<Result<Map<string, string[]>>> {
  const references = new Map<string, string[]>();
  if (listId === null) return ok(references);
  const byId = new Map(rows.map((row) => [row.listId, row]));
  const waiting = listsIn(job.filterBranch);
  for (let at = waiting.shift(); at !== undefined && references.size < lookedInto; at = waiting.shift()) {
    const row = byId.get(at);
    if (references.has(at) || at === listId || !row || row.deletedAt) continue;
    const branch = await filtersOfList(job, row);
    if (!branch.ok) return branch;
    const named = branch.value ? listsIn(branch.value) : [];
    references.set(at, named);
    waiting.push(...named);
  }
  return ok(references);
}

function listsIn(branch: FilterBranch): string[] {
  return [...filtersOf(branch)].flatMap((filter) => readInList(filter)?.listId ?? []);
}

async function filtersOfList(job: CountJob, row: SegmentRow): Promise<Result<FilterBranch | null>> {
  const { workspaceId, listId, version } = row;
  const known = await findCriteria(db(), { workspaceId, listId, version });
  if (known) return ok(readBranch(known.filterBranch));
  const loaded = await loadList(job.hubspot, workspaceId, listId);
  if (loaded.ok) return ok(loaded.value.filterBranch);
  // A list that is gone has no filters; that it is gone is told by another lint.
  const isGone = loaded.failure.code === 'deleted_segment' || loaded.failure.code === 'unknown_segment';
  return isGone ? ok(null) : loaded;
}
