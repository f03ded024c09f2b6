import type { Mapping } from '#lib/mappings/server/index.ts';
import type { Clock } from '../evaluate/dates.ts';
import { needs } from '../evaluate/evaluate.ts';
import { type Condition, readCondition } from '../filter/condition.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { type PropertyFilter, readInList, readPropertyFilter } from '../filter/operations.ts';
import type { Property, SegmentState } from '../schemas.ts';
import type { FilterSize, Sizes } from '../sizes/schemas.ts';
import type { Lint, LintAction, LintPath, LintValue } from './schemas.ts';

export type LintMapping = Pick<Mapping, 'hubspotProperty' | 'rule' | 'direction'>;
export type LintSegment = { listId: string; kind: 'active' | 'static'; state: SegmentState };

/** All that lints know of the account besides the filters themselves. */
export type LintFacts = {
  /** The segment that the filters belong to; null for a new one. */
  listId: string | null;
  /** Every property of contacts, hidden ones too. */
  properties: ReadonlyMap<string, Pick<Property, 'name' | 'type' | 'options'>>;
  ownerIds: ReadonlySet<string>;
  segments: ReadonlyMap<string, LintSegment>;
  /** Which lists the filters of a list name. */
  references: ReadonlyMap<string, readonly string[]>;
  mappings: readonly LintMapping[];
  clock: Clock;
  /** Whether this segment limits what syncs. */
  isInclusion: boolean;
  sizes: Sizes | null;
  /** Contacts that have no company or deal. */
  withoutObject?: Partial<Record<'company' | 'deal', number>>;
  /** Contacts that went in and out more than three times in 30 days, and mostly why. */
  churn?: { count: number; property: string | null };
  /** Percent of the linked people who would change sides, where that trips the circuit breaker. */
  breaker?: { percent: number };
};

/** One filter or nested branch with all that the rules ask of it. */
export type LintItem = {
  path: { group: number; item: number };
  json: Filter | FilterBranch;
  isBranch: boolean;
  condition: Condition | null;
  property: PropertyFilter | null;
  inList: { listId: string; isMember: boolean } | null;
  onlyHubSpot: boolean;
  /** Contact properties that it looks at. */
  reads: string[];
  size: FilterSize | null;
};

export type LintContext = { branch: FilterBranch; groups: LintItem[][]; facts: LintFacts };

/** Lays out the filters for the rules; null if they are no OR of ANDs. */
export function layOut(branch: FilterBranch, facts: LintFacts): LintContext | null {
  const groups = branch.filterBranches ?? [];
  const isUsual =
    branch.filterBranchType === 'OR' &&
    (branch.filters ?? []).length === 0 &&
    groups.every(({ filterBranchType }) => filterBranchType === 'AND');
  if (!isUsual) return null;
  return {
    branch,
    facts,
    groups: groups.map((group, index) => {
      const filters = group.filters ?? [];
      const all = [
        ...filters.map((json) => ({ json, isBranch: false })),
        ...(group.filterBranches ?? []).map((json) => ({ json, isBranch: true })),
      ];
      return all.map(({ json, isBranch }, item) => {
        const size = facts.sizes?.groups[index]?.filters[item] ?? null;
        return itemOf(json, isBranch, { group: index, item }, size);
      });
    }),
  };
}

function itemOf(
  json: Filter | FilterBranch,
  isBranch: boolean,
  path: LintItem['path'],
  size: FilterSize | null,
): LintItem {
  if (isBranch) {
    const nothing = { condition: null, property: null, inList: null, reads: [] };
    const { onlyHubSpot } = needs(json as FilterBranch);
    return { path, json, isBranch, size, onlyHubSpot, ...nothing };
  }
  const filter = json as Filter;
  const { properties, onlyHubSpot } = needs({ filterBranchType: 'AND', filters: [filter] });
  return {
    path,
    json,
    isBranch,
    size,
    onlyHubSpot,
    condition: readCondition(filter),
    property: readPropertyFilter(filter),
    inList: readInList(filter),
    reads: properties,
  };
}

export function allItems({ groups }: LintContext): LintItem[] {
  return groups.flat();
}

const levels = { stop: [1, 2, 3, 4], warn: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14] };

/** A finding; its level is that of the rule. */
export function found(
  id: number,
  message: Lint['message'],
  path: LintPath,
  values: Record<string, LintValue> = {},
  action: LintAction | null = null,
  about: unknown = null,
): Lint {
  const level = levels.stop.includes(id) ? 'stop' : levels.warn.includes(id) ? 'warn' : 'note';
  const key = `${id}-${message}-${hash(JSON.stringify([about, values]))}`;
  return { id, level, message, path, values, action, key };
}

/** FNV-1a: the key only tells findings of one segment apart. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  }
  return (sum >>> 0).toString(36);
}

export const whole: LintPath = { group: null, item: null };
export const propertyValue = (name: string): LintValue => ({ kind: 'property', name });
export const number = (value: number): LintValue => ({ kind: 'number', value });
export const text = (given: string): LintValue => ({ kind: 'text', text: given });
export const filterAt = (path: LintPath): LintValue => ({ kind: 'filter', path });
