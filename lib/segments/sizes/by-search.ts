import type { SearchFilter } from '#lib/crm/ports.ts';
import type { Clock } from '../evaluate/dates.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { fitsSearch, type SearchableProperty, toSearch } from '../filter/to-search.ts';
import { visibleCount } from './misses.ts';
import { type PlannedFilter, type PlannedGroup, planCount, weekMs } from './plan.ts';
import type { Sizes } from './schemas.ts';

type Known = (name: string) => SearchableProperty | undefined;
/** A count by search: how many a search finds, less how many another one finds. */
type Formula = { plus: SearchFilter[][]; minus?: SearchFilter[][] } | null;
/** Answers null for what was not counted. */
type Count = (search: SearchFilter[][]) => number | null;

/** What HubSpot's search can say exactly of the sizes of a segment. */
export type SearchPlan = {
  /** The searches for the sizes themselves, and those that only lints need. */
  sizes: SearchFilter[][][];
  extras: SearchFilter[][][];
  read(count: Count, of: number): Sizes;
  /** Whether there are sizes that search cannot say, though they can be evaluated. */
  needsReading: boolean;
};

/** Values counted by search, so that a long list does not use up the account's calls. */
const searchedValues = 12;

/** Null if the filters are no OR of ANDs. */
export function planSearches(branch: FilterBranch, known: Known, clock: Clock): SearchPlan | null {
  const groups = planCount(branch, clock);
  if (!groups) return null;
  const formulas = formulasOf(branch, groups, known, clock);
  const { total, misses, withoutEmail, leavingSoon } = formulas;
  const perFilter = formulas.groups.flatMap(({ filters }) => filters);
  const main = [
    total,
    ...formulas.groups.map(({ size }) => size),
    ...perFilter.flatMap(({ match, missOnly }) => [match, missOnly]),
    misses,
  ];
  const values = perFilter.flatMap((filter) => filter.values.map(({ formula }) => formula));
  const extra = [withoutEmail, leavingSoon, ...values.slice(0, searchedValues)];
  return {
    sizes: searchesOf(main),
    extras: searchesOf(extra),
    needsReading: needsReading(groups, formulas),
    read: (count, of) => readSizes(groups, formulas, count, of),
  };
}

type Formulas = {
  total: Formula;
  misses: Formula;
  withoutEmail: Formula;
  leavingSoon: Formula;
  groups: {
    size: Formula;
    filters: { match: Formula; missOnly: Formula; values: { value: string; formula: Formula }[] }[];
  }[];
};

function formulasOf(_branch: FilterBranch, groups: PlannedGroup[], known: Known, clock: Clock): Formulas {
  const say = (filters: PlannedFilter[], at = clock) => sayAll(filters, known, at);
  const whole = groups.map(({ filters }) => say(filters));
  const total = union(whole);
  const without = (group: PlannedGroup, at: number) => say(group.filters.filter((_, index) => index !== at));
  const missOnly = (index: number, at: number): Formula => {
    const group = groups[index];
    if (!group || visibleCount(group) < 2 || group.filters[at]?.isExclusion) return null;
    return minus(union(whole.map((said, other) => (other === index ? without(group, at) : said))), total);
  };
  const near = groups.flatMap((group, index) => {
    return visibleCount(group) < 2
      ? [whole[index] ?? null]
      : group.filters.map((_, at) => without(group, at));
  });
  const noEmail: SearchFilter = { propertyName: 'email', operator: 'NOT_HAS_PROPERTY' };
  const inAWeek = { ...clock, now: new Date(clock.now.getTime() + weekMs) };
  const then = groups.map(({ filters }) => say(filters, inAWeek));
  return {
    total: sum(total),
    // In one group each contact misses one filter: then their sum is the number.
    misses: groups.length === 1 ? null : minus(union(near), total),
    withoutEmail: sum(union(whole.map((said) => said && [...said, noEmail]))),
    leavingSoon: minus(union([...whole, ...then]), union(then)),
    groups: groups.map(({ filters }, index) => ({
      size: sum(union([whole[index] ?? null])),
      filters: filters.map((filter, at) => ({
        match: sum(union([say([filter])])),
        missOnly: missOnly(index, at),
        values: filter.values.map(({ value }) => ({
          value,
          formula: sum(union([say([{ ...filter, json: withOneValue(filter.json as Filter, value) }])])),
        })),
      })),
    })),
  };
}

function withOneValue(filter: Filter, value: string): Filter {
  const operation = { ...(filter.operation as Record<string, unknown>), values: [value], value };
  return { ...filter, operation };
}

/** All of these filters at once; null if search cannot say one of them exactly. */
function sayAll(filters: PlannedFilter[], known: Known, clock: Clock): SearchFilter[] | null {
  if (filters.length === 0 || filters.some(({ isBranch }) => isBranch)) return null;
  const group = { filterBranchType: 'AND', filters: filters.map(({ json }) => json as Filter) };
  const said = toSearch({ filterBranchType: 'OR', filterBranches: [group] }, known, clock);
  if (!said.isExact) return null;
  const unique = new Map(said.groups.flat().map((filter) => [JSON.stringify(filter), filter]));
  return [...unique.values()];
}

/** Any of these groups; null if one cannot be said, or all together are more than HubSpot takes. */
function union(groups: (SearchFilter[] | null)[]): SearchFilter[][] | null {
  const said = groups.filter((group) => group !== null);
  if (said.length < groups.length || said.length === 0) return null;
  const unique = [...new Map(said.map((group) => [JSON.stringify(group), group])).values()];
  return fitsSearch(unique) ? unique : null;
}

function sum(search: SearchFilter[][] | null): Formula {
  return search && { plus: search };
}

function minus(whole: SearchFilter[][] | null, part: SearchFilter[][] | null): Formula {
  return whole && part && { plus: whole, minus: part };
}

function searchesOf(formulas: Formula[]): SearchFilter[][][] {
  const all = formulas.flatMap((formula) => {
    if (!formula) return [];
    return formula.minus ? [formula.plus, formula.minus] : [formula.plus];
  });
  return [...new Map(all.map((search) => [JSON.stringify(search), search])).values()];
}

function needsReading(groups: PlannedGroup[], formulas: Formulas): boolean {
  const isOpen = groups.some(({ isOnlyHubSpot }) => isOnlyHubSpot);
  if (formulas.total === null && !isOpen) return true;
  return groups.some((group, index) => {
    const said = formulas.groups[index];
    if (!group.isOnlyHubSpot && said?.size === null) return true;
    return group.filters.some((filter, at) => {
      const formula = said?.filters[at];
      if (!formula || filter.isOnlyHubSpot) return false;
      const wantsMisses = !isOpen && visibleCount(group) > 1 && !filter.isExclusion;
      return formula.match === null || (wantsMisses && formula.missOnly === null);
    });
  });
}

function readSizes(groups: PlannedGroup[], formulas: Formulas, count: Count, of: number): Sizes {
  const value = (formula: Formula): number | null => {
    if (!formula) return null;
    const plus = count(formula.plus);
    const less = formula.minus ? count(formula.minus) : 0;
    // Both are counted a moment apart: contacts that came in between make no negative number.
    return plus === null || less === null ? null : Math.max(0, plus - less);
  };
  const only = groups.length === 1 ? groups[0] : undefined;
  const missesOfOne = only?.filters.reduce<number | null>((sum, { isExclusion }, at) => {
    const missed = isExclusion ? 0 : value(formulas.groups[0]?.filters[at]?.missOnly ?? null);
    return sum === null || missed === null ? null : sum + missed;
  }, 0);
  const hasMisses = groups.some((group) => visibleCount(group) > 1);
  const hasExclusions = groups.some(({ filters }) => filters.some(({ isExclusion }) => isExclusion));
  return {
    of,
    total: value(formulas.total),
    misses: hasMisses ? (missesOfOne ?? value(formulas.misses)) : 0,
    leftOut: hasExclusions ? null : 0,
    withoutEmail: value(formulas.withoutEmail),
    leavingSoon: value(formulas.leavingSoon),
    groups: formulas.groups.map(({ size, filters }, index) => ({
      size: value(size),
      isOnlyHubSpot: groups[index]?.isOnlyHubSpot ?? false,
      filters: filters.map(({ match, missOnly, values }, at) => ({
        match: value(match),
        missOnly: value(missOnly),
        isOnlyHubSpot: groups[index]?.filters[at]?.isOnlyHubSpot ?? false,
        blank: null,
        values: values.map(({ value: text, formula }) => ({
          value: text,
          count: value(formula),
          similar: null,
        })),
      })),
    })),
  };
}

/** The numbers of `sizes`, with those of `more` where there was none. */
export function fillIn(sizes: Sizes, more: Sizes): Sizes {
  return {
    ...sizes,
    withoutEmail: sizes.withoutEmail ?? more.withoutEmail,
    leavingSoon: sizes.leavingSoon ?? more.leavingSoon,
    groups: sizes.groups.map((group, index) => ({
      ...group,
      filters: group.filters.map((filter, at) => ({
        ...filter,
        values: filter.values.map((value, position) => ({
          ...value,
          count: value.count ?? more.groups[index]?.filters[at]?.values[position]?.count ?? null,
        })),
      })),
    })),
  };
}
