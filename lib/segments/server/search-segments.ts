import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { isActive, orderOptions, segmentState } from '../rules.ts';
import { contactsObject, type SegmentOption, type SegmentOptions, type SegmentSearch } from '../schemas.ts';
import { refreshOnOpening } from './refresh-on-opening.ts';
import { lastSeen, listSegments, type SegmentRow } from './repository.ts';
import { segmentUses } from './segment-uses.ts';

const pageSize = 50;
const recentShown = 5;

/**
 * The active contact segments for the Inclusion List menu, 50 a page, in the order of `orderOptions`.
 * Opening (no search, first page) first copies HubSpot's lists.
 */
export async function searchSegments(actor: Actor, search: SegmentSearch): Promise<Result<SegmentOptions>> {
  const { workspaceId } = actor;
  const q = search.q ?? '';
  const isOpening = q === '' && search.after === undefined;
  const needsCopy = isOpening || (await lastSeen(db(), workspaceId)) === null;
  const refreshed = needsCopy ? await refreshOnOpening(workspaceId) : ok({ stale: false });
  if (!refreshed.ok) return refreshed;
  const [rows, uses, at] = await Promise.all([
    listSegments(db(), workspaceId),
    segmentUses(workspaceId),
    now(),
  ]);
  const contacts = rows.filter((row) => row.objectTypeId === contactsObject && !row.deletedAt);
  const selected = uses.selected.inclusion ?? null;
  const recent = uses.recent.slice(0, recentShown);
  const order = { q, selected, recent };
  const ordered = orderOptions(contacts.filter(isActive), order);
  const start = Number(search.after ?? 0);
  const page = ordered.slice(start, start + pageSize);
  const staticOnes = contacts.filter((row) => !isActive(row));
  return ok({
    options: page.map((row) => optionOf(row, selected, recent, at)),
    total: ordered.length,
    after: start + pageSize < ordered.length ? String(start + pageSize) : null,
    staticMatches:
      q !== '' && ordered.length === 0 ? orderOptions(staticOnes, order).slice(0, 3).map(nameOf) : [],
    stale: refreshed.value.stale,
  });
}

function nameOf(row: SegmentRow): string {
  return row.name;
}

function optionOf(row: SegmentRow, selected: string | null, recent: string[], at: Date): SegmentOption {
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
