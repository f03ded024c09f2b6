import type { Filter, FilterBranch } from './model.ts';

export type DiffItem = { json: Filter | FilterBranch; isBranch: boolean };
/** Filters and nested branches that came and went, each as often as it did. */
export type FilterDiff = { added: DiffItem[]; removed: DiffItem[]; isSame: boolean };

/** What changed from one version of a segment's filters to the next. `isSame`: not even the order did. */
export function diffFilters(before: FilterBranch, after: FilterBranch): FilterDiff {
  const [former, present] = [itemsOf(before), itemsOf(after)];
  return {
    added: without(present, former),
    removed: without(former, present),
    isSame: canonical(before) === canonical(after),
  };
}

function itemsOf(branch: FilterBranch): DiffItem[] {
  const isGroup = branch.filterBranchType === 'AND' || branch.filterBranchType === 'OR';
  if (!isGroup) return [{ json: branch, isBranch: true }];
  const own = (branch.filters ?? []).map((json) => ({ json, isBranch: false }));
  return [...own, ...(branch.filterBranches ?? []).flatMap(itemsOf)];
}

function without(items: DiffItem[], others: DiffItem[]): DiffItem[] {
  const left = others.map(({ json }) => canonical(json));
  return items.filter(({ json }) => {
    const at = left.indexOf(canonical(json));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** JSON with its keys in order, without what HubSpot writes for nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
