import type { SearchFilter } from '#lib/crm/ports.ts';
import type { Clock } from '../evaluate/dates.ts';
import { compile } from '../evaluate/evaluate.ts';
import type { Decide } from '../evaluate/property.ts';
import type { FilterBranch } from '../filter/model.ts';
import { fitsSearch, type SearchableProperty, toSearch } from '../filter/to-search.ts';

type Known = (name: string) => SearchableProperty | undefined;
export type EffectSearches = { before: SearchFilter[][]; after: SearchFilter[][]; both: SearchFilter[][] };

/** The three searches that tell who starts and stops; null where HubSpot's search cannot say it exactly. */
export function effectSearches(
  saved: FilterBranch,
  edited: FilterBranch,
  known: Known,
  clock: Clock,
): EffectSearches | null {
  const [before, after] = [saved, edited].map((branch) => toSearch(branch, known, clock));
  if (!before?.isExact || !after?.isExact) return null;
  const both = before.groups.flatMap((one) => after.groups.map((other) => unique([...one, ...other])));
  const all = [before.groups, after.groups, unique(both)];
  if (!all.every((groups) => groups.length > 0 && fitsSearch(groups))) return null;
  return { before: before.groups, after: after.groups, both: unique(both) };
}

function unique<T>(list: T[]): T[] {
  return [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
}

export type Move = 'start' | 'stop' | 'unknown' | null;

/** What saving does to one contact. */
export function compileMove(
  saved: FilterBranch,
  edited: FilterBranch,
  clock: Clock,
): (person: Parameters<Decide>[0]) => Move {
  const [wasIn, isIn] = [compile(saved, clock), compile(edited, clock)];
  return (person) => {
    const [before, after] = [wasIn(person), isIn(person)];
    if (before === after && before !== 'unknown') return null;
    if (before === 'unknown' || after === 'unknown') return 'unknown';
    return after === 'yes' ? 'start' : 'stop';
  };
}

/** Both sets of filters in one, to read what either of them looks at. */
export function eitherOf(saved: FilterBranch, edited: FilterBranch): FilterBranch {
  return {
    filterBranchType: 'OR',
    filterBranches: [...(saved.filterBranches ?? []), ...(edited.filterBranches ?? [])],
  };
}

/** However few are linked, fewer than this never hold the writing up. */
const breakerFloor = 100;

/**
 * Percent of the linked people who would stop, where the circuit breaker would then wait for a person; null
 * where it would not. Linked people are members, so of those who stop no more than all linked ones count.
 */
export function breakerPercent(stop: number, linked: number, sharePercent: number): number | null {
  const moved = Math.min(stop, linked);
  if (moved <= Math.max(breakerFloor, (linked * sharePercent) / 100)) return null;
  return Math.round((100 * moved) / linked);
}
