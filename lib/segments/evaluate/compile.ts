import type { Filter, FilterBranch } from '../filter/model.ts';
import { readInList, readPropertyFilter } from '../filter/operations.ts';
import { type Related, readRelated } from '../filter/related.ts';
import type { Clock } from './dates.ts';
import { compileProperty, type Decide } from './property.ts';
import type { Verdict } from './verdict.ts';

/**
 * Filters made ready for many contacts: `compile(branch, clock)(person)` is `evaluate(branch, person, clock)`.
 * Times relative to now are those of the clock that was given.
 */
export function compile(branch: FilterBranch, clock: Clock): Decide {
  const type = branch.filterBranchType;
  const operator = branch.filterBranchOperator ?? type;
  const related = readRelated(branch);
  if (related) return compileRelated(related, clock);
  const isKnown = (name: string) => name === 'AND' || name === 'OR';
  if (!isKnown(type) || !isKnown(operator)) return () => 'unknown';
  const parts = compileParts(branch, clock);
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return operator === 'AND' ? every(parts) : some(parts);
}

/** The filters of a branch in their order, then its nested branches. */
export function compileParts(branch: FilterBranch, clock: Clock): Decide[] {
  return [
    ...(branch.filters ?? []).map((filter) => compileFilter(filter, clock)),
    ...(branch.filterBranches ?? []).map((inner) => compile(inner, clock)),
  ];
}

/** One filter of a group. */
export function compileFilter(filter: Filter, clock: Clock): Decide {
  if (filter.filterType === 'CONSTANT' && typeof filter.shouldAccept === 'boolean') {
    const verdict: Verdict = filter.shouldAccept ? 'yes' : 'no';
    return () => verdict;
  }
  const inList = readInList(filter);
  if (inList) {
    const { listId, isMember } = inList;
    return ({ lists }) => (lists === null ? 'unknown' : lists.has(listId) === isMember ? 'yes' : 'no');
  }
  const property = readPropertyFilter(filter);
  return property ? compileProperty(property, clock) : () => 'unknown';
}

/** One associated record must meet all of it. */
function compileRelated({ object, associationTypeId, filters }: Related, clock: Clock): Decide {
  const meets = every(filters.map((filter) => compileFilter(filter, clock)));
  return (person) => {
    const records = person.related?.[object];
    if (!records) return 'unknown';
    const verdicts = records
      .filter(({ typeIds }) => typeIds.includes(associationTypeId))
      .map((record) => meets(record));
    if (verdicts.includes('yes')) return 'yes';
    return verdicts.includes('unknown') ? 'unknown' : 'no';
  };
}

function every(parts: Decide[]): Decide {
  return (person) => {
    let result: Verdict = 'yes';
    for (const decide of parts) {
      const verdict = decide(person);
      if (verdict === 'no') return 'no';
      if (verdict === 'unknown') result = 'unknown';
    }
    return result;
  };
}

function some(parts: Decide[]): Decide {
  return (person) => {
    let result: Verdict = 'no';
    for (const decide of parts) {
      const verdict = decide(person);
      if (verdict === 'yes') return 'yes';
      if (verdict === 'unknown') result = 'unknown';
    }
    return result;
  };
}
