import { withoutEmptyGroups } from '#lib/segments/filter/edit.ts';
import { type EditorItem, type EditorModel, fromEditor } from '#lib/segments/filter/editor-model.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import type { LintPath } from '#lib/segments/schemas.ts';

/** The filters as they are counted, and which row stands where in them. */
export type Places = {
  filterBranch: FilterBranch;
  /** Equal for equal filters. */
  json: string;
  groups: { id: string; items: EditorItem[] }[];
};

/** Null while there is nothing to count. HubSpot's JSON holds a group's filters before its branches. */
export function placesOf(model: EditorModel): Places | null {
  const counted = withoutEmptyGroups(model);
  if (counted.groups.length === 0) return null;
  const filterBranch = fromEditor(counted);
  return {
    filterBranch,
    json: JSON.stringify(filterBranch),
    groups: counted.groups.map(({ id, items }) => ({
      id,
      items: [...items.filter((item) => !item.isBranch), ...items.filter((item) => item.isBranch)],
    })),
  };
}

export function itemAt(places: Places, { group, item }: LintPath): EditorItem | null {
  return group === null || item === null ? null : (places.groups[group]?.items[item] ?? null);
}

export function groupIdAt(places: Places, { group }: LintPath): string | null {
  return group === null ? null : (places.groups[group]?.id ?? null);
}

/** Where a row stands; null if it was not among what was counted. */
export function pathOf(places: Places, itemId: string): { group: number; item: number } | null {
  for (const [group, { items }] of places.groups.entries()) {
    const item = items.findIndex(({ id }) => id === itemId);
    if (item >= 0) return { group, item };
  }
  return null;
}

/** A group's only filter has no closest misses of its own. */
export function hasMisses(places: Places): boolean {
  return places.groups.some(({ items }) => items.filter(({ isExclusion }) => !isExclusion).length > 1);
}
