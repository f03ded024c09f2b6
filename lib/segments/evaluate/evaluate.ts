import type { RelatedObject } from '#lib/crm/ports.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { readInList, readPropertyFilter } from '../filter/operations.ts';
import { type Related, readRelated } from '../filter/related.ts';
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

export type Needs = {
  properties: string[];
  lists: boolean;
  /** Properties of the records that the contact is associated with. */
  related: Partial<Record<RelatedObject, string[]>>;
  /** Something in it can be evaluated by HubSpot alone. */
  onlyHubSpot: boolean;
};

/** What has to be read of a contact to evaluate a branch. */
export function needs(branch: FilterBranch): Needs {
  const found: Needs = { properties: [], lists: false, related: {}, onlyHubSpot: false };
  collect(branch, found);
  return { ...found, properties: [...new Set(found.properties)] };
}

function collect(branch: FilterBranch, found: Needs): void {
  const related = readRelated(branch);
  if (related) {
    collectRelated(related, found);
    return;
  }
  if (branch.filterBranchType !== 'AND' && branch.filterBranchType !== 'OR') found.onlyHubSpot = true;
  for (const filter of branch.filters ?? []) {
    const property = readPropertyFilter(filter);
    if (property) {
      found.properties.push(...propertiesOf(property));
      found.onlyHubSpot ||= needsHistory(property.operation);
    } else if (readInList(filter)) found.lists = true;
    else found.onlyHubSpot ||= filter.filterType !== 'CONSTANT';
  }
  for (const inner of branch.filterBranches ?? []) collect(inner, found);
}

/** Memberships of other records are not read. */
function collectRelated({ object, filters }: Related, found: Needs): void {
  const names = found.related[object] ?? [];
  for (const filter of filters) {
    const property = readPropertyFilter(filter);
    if (!property || needsHistory(property.operation)) found.onlyHubSpot = true;
    else names.push(...propertiesOf(property));
  }
  found.related[object] = [...new Set(names)];
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
