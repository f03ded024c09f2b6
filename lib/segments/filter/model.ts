import { z } from 'zod';

/**
 * HubSpot's list filter language as JSON (developer docs, "List filters"): a root OR of AND branches with
 * filters and nested branches. Everything that this app does not know, types and keys alike, stays in place.
 */
export type Filter = { filterType: string; [key: string]: unknown };

export type FilterBranch = {
  filterBranchType: string;
  filterBranchOperator?: string | undefined;
  filterBranches?: FilterBranch[] | null | undefined;
  filters?: Filter[] | null | undefined;
  [key: string]: unknown;
};

export const filterSchema: z.ZodType<Filter> = z.looseObject({ filterType: z.string().min(1) });

export const filterBranchSchema: z.ZodType<FilterBranch> = z.looseObject({
  filterBranchType: z.string().min(1),
  filterBranchOperator: z.string().optional(),
  get filterBranches() {
    return z.array(filterBranchSchema).nullish();
  },
  filters: z.array(filterSchema).nullish(),
});

/** HubSpot's limit of filters in one segment. */
export const maxFilters = 250;

export function emptyBranch(): FilterBranch {
  return {
    filterBranchType: 'OR',
    filterBranchOperator: 'OR',
    filterBranches: [emptyGroup()],
    filters: [],
  };
}

export function emptyGroup(): FilterBranch {
  return { filterBranchType: 'AND', filterBranchOperator: 'AND', filterBranches: [], filters: [] };
}

/** HubSpot's JSON itself, no copy, so that nothing can get lost; null if it is no branch (static segments have none). */
export function readBranch(json: unknown): FilterBranch | null {
  return isBranch(json) ? json : null;
}

function isBranch(json: unknown): json is FilterBranch {
  return filterBranchSchema.safeParse(json).success;
}

/** Every filter of a branch and of the branches in it. */
export function* filtersOf(branch: FilterBranch): Generator<Filter> {
  yield* branch.filters ?? [];
  for (const inner of branch.filterBranches ?? []) yield* filtersOf(inner);
}

export function countFilters(branch: FilterBranch): number {
  return [...filtersOf(branch)].length;
}
