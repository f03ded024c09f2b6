import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { fold, segmentState } from '../rules.ts';
import type { SegmentOption, SegmentOptions, SegmentSearch } from '../schemas.ts';
import { copyState, openCopy } from './copy.ts';
import { listOptions, type OptionRow } from './copy-repository.ts';
import { segmentUses } from './segment-uses.ts';

const pageSize = 50;
const recentShown = 5;
const staticShown = 3;

/**
 * The active contact segments for the Inclusion List menu, 50 a page: the selected one, those used before,
 * the rest from A to Z; while searching, the best match first. They come from the copy of HubSpot's lists at
 * once; opening (no search, first page) has it refreshed in the background. Fails as the last refresh did
 * where nothing was ever stored.
 */
export async function searchSegments(actor: Actor, search: SegmentSearch): Promise<Result<SegmentOptions>> {
  const { workspaceId } = actor;
  const wanted = fold((search.q ?? '').trim());
  const offset = Number(search.after ?? 0);
  const isOpening = wanted === '' && offset === 0;
  // The copy is looked at before the lists: once it is complete, so are they.
  const { failure, ...copy } = await (isOpening ? openCopy(workspaceId) : copyState(workspaceId));
  const [uses, at] = await Promise.all([segmentUses(workspaceId), now()]);
  const selected = uses.selected.inclusion ?? null;
  const recent = uses.recent.slice(0, recentShown);
  const first = [...(selected === null ? [] : [selected]), ...recent];
  const part = { wanted, first, offset, limit: pageSize };
  const rows = await listOptions(db(), workspaceId, { ...part, active: true });
  const isVain = rows.length === 0 && offset === 0;
  if (failure && isVain && copy.completeAt === null) return fail(failure);
  const statics =
    isVain && wanted !== ''
      ? await listOptions(db(), workspaceId, { ...part, active: false, limit: staticShown })
      : [];
  const total = rows[0]?.total ?? 0;
  const next = offset + pageSize;
  return ok({
    options: rows.map((row) => optionOf(row, selected, recent, at)),
    total,
    after: next < total ? String(next) : null,
    staticMatches: statics.map(({ name }) => name),
    stale: failure !== null,
    copy,
  });
}

function optionOf(row: OptionRow, selected: string | null, recent: string[], at: Date): SegmentOption {
  const state = segmentState(row, at);
  return {
    listId: row.listId,
    name: row.name,
    size: row.size,
    updatedAt: row.updatedAt?.toISOString() ?? null,
    state: state === 'deleted' ? 'failed' : state,
    isSelected: row.listId === selected,
    isRecent: recent.includes(row.listId),
  };
}
