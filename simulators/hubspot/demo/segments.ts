import { salesReadyStages } from '#simulators/demo/people.ts';
import { salesRegionCountries } from '#simulators/demo/places.ts';
import type { ListInput } from '../lists/define.ts';

type Json = Record<string, unknown>;

const property = (name: string, operation: Json): Json => ({
  ...{ filterType: 'PROPERTY', property: name },
  operation: { includeObjectsWithNoValueSet: false, ...operation },
});
const anyOf = (name: string, values: readonly string[]): Json =>
  property(name, { operationType: 'ENUMERATION', operator: 'IS_ANY_OF', values });
const known = (name: string): Json => property(name, { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' });
const unknown = (name: string): Json =>
  property(name, { operationType: 'ALL_PROPERTY', operator: 'IS_UNKNOWN' });
const text = (name: string, operator: string, ...values: string[]): Json =>
  property(name, { operationType: 'MULTISTRING', operator, values });
const daysAgo = (name: string, operator: string, numberOfDays: number): Json =>
  property(name, {
    operationType: 'ROLLING_DATE_RANGE',
    operator,
    numberOfDays,
    requiresTimeZoneConversion: true,
  });
const and = (filters: Json[], filterBranches: Json[] = []): Json => ({
  filterBranchType: 'AND',
  filters,
  filterBranches,
});
const or = (...filterBranches: Json[]): Json => ({ filterBranchType: 'OR', filterBranches, filters: [] });

const salesReadyName = 'Sales-ready contacts, EMEA and US';
export const demoFormId = '5f3c1a70-9b1e-4b52-8f0e-2a4d6c8e9b11';

const active: readonly (readonly [name: string, filterBranch: Json])[] = [
  [
    salesReadyName,
    or(and([anyOf('lifecyclestage', salesReadyStages), anyOf('country', salesRegionCountries)])),
  ],
  ['Everyone in the database', or(and([known('createdate')]))],
  ['Customers and open opportunities', or(and([anyOf('lifecyclestage', ['customer', 'opportunity'])]))],
  [
    'Marketing-qualified, last 90 days',
    or(
      and([
        anyOf('lifecyclestage', ['marketingqualifiedlead']),
        daysAgo('createdate', 'IS_LESS_THAN_X_DAYS_AGO', 90),
      ]),
    ),
  ],
  ['Newsletter readers, German', or(and([anyOf('hs_language', ['de']), known('email')]))],
  ['No activity in 12 months', or(and([daysAgo('createdate', 'IS_MORE_THAN_X_DAYS_AGO', 365)]))],
  [
    'Decision makers without an owner',
    or(
      and([text('jobtitle', 'CONTAINS', 'chief', 'head of', 'founder'), unknown('hubspot_owner_id')]),
      and([text('jobtitle', 'STARTS_WITH', 'VP'), unknown('hubspot_owner_id')]),
    ),
  ],
  [
    'Asked for a demo',
    or(and([{ filterType: 'FORM_SUBMISSION', formId: demoFormId, operator: 'FILLED_OUT' }])),
  ],
  [
    'People at companies above 40 million',
    or(
      and(
        [],
        [
          {
            ...{ filterBranchType: 'ASSOCIATION', filterBranchOperator: 'AND', operator: 'IN_LIST' },
            ...{ objectTypeId: '0-2', associationTypeId: 279, associationCategory: 'HUBSPOT_DEFINED' },
            filters: [
              property('annualrevenue', {
                operationType: 'NUMBER',
                operator: 'IS_GREATER_THAN',
                value: 40_000_000,
              }),
            ],
            filterBranches: [],
          },
        ],
      ),
    ),
  ],
  ['Partner referrals 2026', or(and([text('company', 'IS_EQUAL_TO', 'Partner Network')]))],
];

/** The demo's active segments, from nobody to everybody. */
export const activeSegments: readonly ListInput[] = active.map(([name, filterBranch]) => ({
  ...{ name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch },
}));

/** The demo's static segments: a name and every how many-th person is in it. */
export const staticSegments: readonly (readonly [name: string, every: number])[] = [
  ['Webinar March', 12],
  ['Newsletter 2024', 3],
  ['Trade fair Hannover, scanned badges', 25],
  ['Do not call', 60],
];

/** Further segments of a seed that asks for many. */
export function extraSegment(index: number): ListInput {
  const stage = ['subscriber', 'lead', 'customer', 'evangelist', 'other'][index % 5] ?? 'lead';
  const filterBranch = or(
    and([anyOf('lifecyclestage', [stage]), text('city', 'CONTAINS', 'abcdefgh'[index % 8] ?? 'a')]),
  );
  const name = `Campaign audience ${String(index + 1).padStart(4, '0')}`;
  return { name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
}
