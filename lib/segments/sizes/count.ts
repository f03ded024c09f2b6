import type { Clock } from '../evaluate/dates.ts';
import type { Decide, Person } from '../evaluate/property.ts';
import type { Verdict } from '../evaluate/verdict.ts';
import type { FilterBranch } from '../filter/model.ts';
import { fold } from '../rules.ts';
import { missedFilter } from './misses.ts';
import { compileInAWeek, type PlannedFilter, type PlannedGroup, planCount } from './plan.ts';
import type { CountState, Sizes, Tally } from './schemas.ts';

type FilterState = CountState['groups'][number]['filters'][number];

/** Counts contacts one after the other, in one pass. `state` can be kept and gone on with. */
export type Counter = { add(person: Person): void; state: CountState; groups: PlannedGroup[] };

const none = (): Tally => ({ yes: 0, unknown: 0 });

/** A counter for filters, fresh or from where another one stood; null if they are no OR of ANDs. */
export function createCounter(branch: FilterBranch, clock: Clock, from?: CountState): Counter | null {
  const groups = planCount(branch, clock);
  if (!groups) return null;
  const state = from && fits(from, groups) ? from : emptyState(groups);
  const inAWeek = compileInAWeek(branch, clock);
  return { state, groups, add: (person) => addPerson(person, groups, state, inAWeek) };
}

function emptyState(groups: PlannedGroup[]): CountState {
  return {
    total: none(),
    misses: none(),
    leftOut: none(),
    withoutEmail: none(),
    leavingSoon: none(),
    groups: groups.map(({ filters }) => ({
      size: none(),
      filters: filters.map(({ values }) => ({
        match: none(),
        missOnly: none(),
        blank: none(),
        values: values.map(() => 0),
        similar: values.map(() => null),
      })),
    })),
  };
}

/** A state belongs to filters of the same shape. */
function fits(state: CountState, groups: PlannedGroup[]): boolean {
  const shape = (lists: { filters: { values: unknown[] }[] }[]) =>
    lists.map(({ filters }) => filters.map(({ values }) => values.length).join()).join(';');
  return shape(state.groups) === shape(groups);
}

function note(tally: Tally, verdict: Verdict): void {
  if (verdict === 'yes') tally.yes++;
  else if (verdict === 'unknown') tally.unknown++;
}

function addPerson(person: Person, groups: PlannedGroup[], state: CountState, inAWeek: Decide): void {
  const verdicts = groups.map(({ filters }) => filters.map(({ decide }) => decide(person)));
  const sums = verdicts.map(sumOf);
  const total = anyOf(sums);
  note(state.total, total);
  for (const [index, group] of groups.entries()) {
    const tallies = state.groups[index];
    const parts = verdicts[index] ?? [];
    if (!tallies) continue;
    note(tallies.size, sums[index] ?? 'no');
    for (const [at, filter] of group.filters.entries()) {
      const tally = tallies.filters[at];
      if (tally) addToFilter(person, filter, tally, parts[at] ?? 'no', sums[index] ?? 'no');
    }
  }
  addMisses(groups, verdicts, total, state);
  note(state.leftOut, isLeftOut(groups, verdicts, total));
  if (total === 'no') return;
  const isUnsure = total === 'unknown';
  const { email } = person.values;
  if (email === undefined || isUnsure) state.withoutEmail.unknown++;
  else if (email === null || email === '') state.withoutEmail.yes++;
  const then = inAWeek(person);
  if (isUnsure || then === 'unknown') state.leavingSoon.unknown++;
  else if (then === 'no') state.leavingSoon.yes++;
}

function sumOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('yes')) return 'yes';
  return verdicts.includes('unknown') ? 'unknown' : 'no';
}

function addToFilter(
  person: Person,
  filter: PlannedFilter,
  tally: FilterState,
  verdict: Verdict,
  group: Verdict,
): void {
  note(tally.match, verdict);
  if (filter.property === null) return;
  const value = person.values[filter.property];
  if (filter.letsBlanksIn && (value === null || value === '')) note(tally.blank, group);
  if (!value) return;
  for (const [index, each] of filter.values.entries()) {
    if (each.decide(person) === 'yes') tally.values[index] = (tally.values[index] ?? 0) + 1;
    else if (tally.similar[index] === null && isAlike(value, each.value)) tally.similar[index] = value;
  }
}

const folded = new Map<string, string>();

function isAlike(value: string, wanted: string): boolean {
  // Most values differ at once; folding each of them would cost more than all the rest.
  if (Math.abs(value.length - wanted.length) > 4 || value.length > 200) return false;
  return plain(value) === plain(wanted);
}

function plain(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  const made = fold(text).replace(/\s+/g, ' ').trim();
  if (folded.size > 20_000) folded.clear();
  folded.set(text, made);
  return made;
}

function addMisses(groups: PlannedGroup[], verdicts: Verdict[][], total: Verdict, state: CountState): void {
  if (total === 'yes') return;
  let best: Verdict = 'no';
  for (const [index, group] of groups.entries()) {
    const miss = missedFilter(group, verdicts[index] ?? []);
    const tally = miss && state.groups[index]?.filters[miss.item]?.missOnly;
    if (!miss || !tally) continue;
    const verdict = miss.isCertain && total === 'no' ? 'yes' : 'unknown';
    note(tally, verdict);
    if (best !== 'yes') best = verdict;
  }
  note(state.misses, best);
}

/** In a group but for the segments that are left out. */
function isLeftOut(groups: PlannedGroup[], verdicts: Verdict[][], total: Verdict): Verdict {
  if (total === 'yes') return 'no';
  const without = groups.map(({ filters }, index) => {
    if (!filters.some(({ isExclusion }) => isExclusion)) return 'no';
    return sumOf((verdicts[index] ?? []).filter((_, at) => !filters[at]?.isExclusion));
  });
  const verdict = anyOf(without);
  return verdict === 'yes' && total === 'unknown' ? 'unknown' : verdict;
}

/** The numbers of a finished count. What even one contact left open is not told. */
export function sizesOf({ state, groups }: Counter, of: number): Sizes {
  const known = ({ yes, unknown }: Tally) => (unknown === 0 ? yes : null);
  return {
    of,
    total: known(state.total),
    misses: known(state.misses),
    leftOut: known(state.leftOut),
    withoutEmail: known(state.withoutEmail),
    leavingSoon: known(state.leavingSoon),
    groups: state.groups.map(({ size, filters }, index) => ({
      size: known(size),
      isOnlyHubSpot: groups[index]?.isOnlyHubSpot ?? false,
      filters: filters.map(({ match, missOnly, blank, values, similar }, at) => ({
        match: known(match),
        missOnly: known(missOnly),
        isOnlyHubSpot: groups[index]?.filters[at]?.isOnlyHubSpot ?? false,
        blank: groups[index]?.filters[at]?.letsBlanksIn ? known(blank) : null,
        values: values.map((count, position) => ({
          value: groups[index]?.filters[at]?.values[position]?.value ?? '',
          count,
          similar: count === 0 ? (similar[position] ?? null) : null,
        })),
      })),
    })),
  };
}
