import { type Condition, writeCondition } from '../filter/condition.ts';
import { rootOf } from '../filter/examples.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import type { Property, PropertyType } from '../schemas.ts';
import type { FilterSize, Sizes } from '../sizes/schemas.ts';
import type { LintFacts, LintMapping } from './facts.ts';
import { lint } from './lint.ts';
import type { Lint } from './schemas.ts';

export const zone = 'Europe/Berlin';

/** A filter as the editor writes it. */
export function where(
  property: string | null,
  operator: Condition['operator'],
  values: string[] = [],
  includeBlank = false,
): Filter {
  return writeCondition({ property, operator, values, includeBlank }, zone);
}

/** A filter as HubSpot writes it. */
export function hubspot(property: string, operation: Record<string, unknown>): Filter {
  return {
    filterType: 'PROPERTY',
    property,
    operation: { includeObjectsWithNoValueSet: false, ...operation },
  };
}

const types: Record<string, PropertyType> = {
  lifecyclestage: 'choice',
  country: 'choice',
  interests: 'multiChoice',
  city: 'text',
  email: 'text',
  num_notes: 'number',
  createdate: 'dateTime',
  closedate: 'date',
  hs_email_optout: 'yesNo',
  hubspot_owner_id: 'owner',
  annualrevenue: 'number',
};
const options: Record<string, string[]> = {
  lifecyclestage: ['lead', 'customer', 'opportunity'],
  country: ['Germany', 'France', 'Austria'],
  interests: ['wine', 'cheese', 'tea'],
};

const mapping = (hubspotProperty: string, more: Partial<LintMapping> = {}): LintMapping => ({
  hubspotProperty,
  rule: 'TWO_WAY',
  direction: 'TO_SALESFORCE',
  ...more,
});

/** An account in which the properties are there and mapped in a way of which there is nothing to say. */
export function factsOf(change: Partial<LintFacts> = {}): LintFacts {
  const properties = Object.entries(types).map(([name, type]): [string, Property] => {
    const all = (options[name] ?? []).map((value) => ({ value, label: value, hidden: false }));
    return [name, { name, label: name, type, group: 'g', options: all, isHidden: false }];
  });
  return {
    listId: '1',
    properties: new Map(properties),
    ownerIds: new Set(['51']),
    segments: new Map([
      ['1', { listId: '1', kind: 'active', state: 'ready' }],
      ['12', { listId: '12', kind: 'active', state: 'ready' }],
    ]),
    references: new Map(),
    mappings: Object.keys(types).map((name) => mapping(name)),
    clock: { now: new Date('2026-11-22T10:00:00Z'), timeZone: zone },
    isInclusion: false,
    sizes: null,
    ...change,
  };
}

export const withMapping = (name: string, more: Partial<LintMapping>): Partial<LintFacts> => ({
  mappings: [mapping(name, more)],
});

/** Sizes that shape fits the filters, with what a test says. */
export function sizesOf(
  branch: FilterBranch,
  change: Partial<Sizes> = {},
  first: Partial<FilterSize> = {},
): Sizes {
  const plain = { match: 10, missOnly: 3, isOnlyHubSpot: false, blank: null, values: [] };
  return {
    of: 100,
    total: 10,
    misses: 3,
    leftOut: 0,
    withoutEmail: 0,
    leavingSoon: 0,
    groups: (branch.filterBranches ?? []).map((group, index) => ({
      size: 10,
      isOnlyHubSpot: false,
      filters: (group.filters ?? []).map((_, at) => (index + at === 0 ? { ...plain, ...first } : plain)),
    })),
    ...change,
  };
}

/** The findings of one rule. */
export function raised(id: number, groups: Filter[][], change: Partial<LintFacts> = {}): Lint[] {
  return lint(rootOf(...groups), factsOf(change)).filter((each) => each.id === id);
}

export const messages = (lints: Lint[]): string[] => lints.map(({ message }) => message);
