import type { Filter, FilterBranch } from '../filter/model.ts';
import { filtersOf } from '../filter/model.ts';
import { readInList, readPropertyFilter } from '../filter/operations.ts';
import { compile, compileFilter, compileParts } from './compile.ts';
import type { Clock } from './dates.ts';
import { needsHistory, type Person } from './property.ts';
import type { Verdict } from './verdict.ts';

export { compile } from './compile.ts';
export type { Clock } from './dates.ts';
export type { Person } from './property.ts';
export type { Verdict } from './verdict.ts';

/**
 * Whether a contact meets a segment's filters, from its values, its memberships and a clock alone. `unknown`
 * means that what was given cannot decide it: former values, other objects, forms, e-mails, events.
 */
export function evaluate(branch: FilterBranch, person: Person, clock: Clock): Verdict {
  return compile(branch, clock)(person);
}

/** One filter of a group. */
export function evaluateFilter(filter: Filter, person: Person, clock: Clock): Verdict {
  return compileFilter(filter, clock)(person);
}

export type GroupExplanation = {
  verdict: Verdict;
  /** One per filter of the group in its order, then one per nested branch. */
  parts: Verdict[];
};

/** For each group of the root OR, which of its filters the contact meets. */
export function explain(branch: FilterBranch, person: Person, clock: Clock): GroupExplanation[] {
  return (branch.filterBranches ?? []).map((group) => ({
    verdict: evaluate(group, person, clock),
    parts: compileParts(group, clock).map((decide) => decide(person)),
  }));
}

/** What has to be read of a contact to evaluate a branch. */
export function needs(branch: FilterBranch): { properties: string[]; lists: boolean; onlyHubSpot: boolean } {
  const properties = new Set<string>();
  let lists = false;
  let onlyHubSpot = hasForeignBranch(branch);
  for (const filter of filtersOf(branch)) {
    const property = readPropertyFilter(filter);
    if (property) {
      for (const name of propertiesOf(property)) properties.add(name);
      onlyHubSpot ||= needsHistory(property.operation);
    } else if (readInList(filter)) lists = true;
    else onlyHubSpot ||= filter.filterType !== 'CONSTANT';
  }
  return { properties: [...properties], lists, onlyHubSpot };
}

function hasForeignBranch(branch: FilterBranch): boolean {
  const isKnown = branch.filterBranchType === 'AND' || branch.filterBranchType === 'OR';
  return !isKnown || (branch.filterBranches ?? []).some(hasForeignBranch);
}

function propertiesOf({ property, operation }: NonNullable<ReturnType<typeof readPropertyFilter>>): string[] {
  if ('comparisonPropertyName' in operation) return [property, operation.comparisonPropertyName];
  const points =
    operation.operationType === 'TIME_POINT'
      ? [operation.timePoint]
      : operation.operationType === 'TIME_RANGED'
        ? [operation.lowerBoundTimePoint, operation.upperBoundTimePoint]
        : [];
  const referenced = points.flatMap((point) =>
    point.timeType === 'PROPERTY_REFERENCED' ? [point.property] : [],
  );
  return [property, ...referenced];
}
