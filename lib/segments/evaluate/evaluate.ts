import type { Filter, FilterBranch } from '../filter/model.ts';
import { filtersOf } from '../filter/model.ts';
import { readInList, readPropertyFilter } from '../filter/operations.ts';
import type { Clock } from './dates.ts';
import { evaluateProperty, needsHistory, type Person } from './property.ts';
import { all, any, type Verdict } from './verdict.ts';

export type { Clock } from './dates.ts';
export type { Person } from './property.ts';
export type { Verdict } from './verdict.ts';

/**
 * Whether a contact meets a segment's filters, from its values, its memberships and a clock alone. `unknown`
 * means that what was given cannot decide it: former values, other objects, forms, e-mails, events.
 */
export function evaluate(branch: FilterBranch, person: Person, clock: Clock): Verdict {
  const type = branch.filterBranchType;
  if (type !== 'AND' && type !== 'OR') return 'unknown';
  const operator = branch.filterBranchOperator ?? type;
  if (operator !== 'AND' && operator !== 'OR') return 'unknown';
  const parts = [
    ...(branch.filters ?? []).map((filter) => evaluateFilter(filter, person, clock)),
    ...(branch.filterBranches ?? []).map((inner) => evaluate(inner, person, clock)),
  ];
  return operator === 'AND' ? all(parts) : any(parts);
}

/** One filter of a group. */
export function evaluateFilter(filter: Filter, person: Person, clock: Clock): Verdict {
  if (filter.filterType === 'CONSTANT' && typeof filter.shouldAccept === 'boolean') {
    return filter.shouldAccept ? 'yes' : 'no';
  }
  const inList = readInList(filter);
  if (inList) {
    if (person.lists === null) return 'unknown';
    return person.lists.has(inList.listId) === inList.isMember ? 'yes' : 'no';
  }
  const property = readPropertyFilter(filter);
  return property ? evaluateProperty(property, person, clock) : 'unknown';
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
    parts: [
      ...(group.filters ?? []).map((filter) => evaluateFilter(filter, person, clock)),
      ...(group.filterBranches ?? []).map((inner) => evaluate(inner, person, clock)),
    ],
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
