import fc from 'fast-check';
import { operationRules } from './filter-types.ts';

export const DAY = 86_400_000;
export const NOW = Date.parse('2026-11-12T14:20:00Z');
export const LISTS = ['900', '901'];
export const WORDS = ['Sales Lead', 'lead', 'VP sales', 'Sales', 'Øst', 'øst', 'head of sales'];
export const OPTIONS = ['a', 'b', 'c', 'd'];
export const TYPES: Record<string, string> = {
  ...{
    jobtitle: 'string',
    city: 'string',
    rf_number: 'number',
    hs_marketable_status: 'bool',
    rf_multi: 'enumeration',
  },
  ...{ rf_date: 'date', closedate: 'datetime' },
};

const days = fc.integer({ min: 0, max: 130 });
const around = fc.integer({ min: -130, max: 130 }).map((offset) => NOW + offset * DAY);
const texts = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom('le', 'SALES', 'of', 'x'));
const numbers = fc.integer({ min: -3, max: 6 });
const datePoint = around.map((ms) => {
  const at = new Date(ms);
  const day = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
  return { timeType: 'DATE', ...day, zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' };
});
const todayPoint = fc.integer({ min: -130, max: 130 }).map((offset) => ({
  ...{ timeType: 'INDEXED', indexReference: { referenceType: 'TODAY' }, offset: { days: offset } },
  ...{ zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' },
}));
const nowPoint = fc.integer({ min: -500, max: 500 }).map((hours) => ({
  ...{ timeType: 'INDEXED', indexReference: { referenceType: 'NOW' }, offset: { hours } },
  ...{ zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' },
}));
const point = fc.oneof(datePoint, todayPoint, nowPoint);
const endpoint = fc.constantFrom('INCLUSIVE', 'EXCLUSIVE');

/** Value fields of each operation, beside the operator. */
const fields: Record<string, fc.Arbitrary<object>> = {
  ALL_PROPERTY: fc.constant({}),
  STRING: fc.record({ value: texts }),
  MULTISTRING: fc.record({ values: fc.array(texts, { minLength: 1, maxLength: 3 }) }),
  NUMBER: fc.record({ value: numbers }),
  NUMBER_RANGED: fc.record({ lowerBound: numbers, upperBound: numbers }),
  BOOL: fc.record({ value: fc.boolean() }),
  ENUMERATION: fc.record({ values: fc.array(fc.constantFrom(...OPTIONS), { minLength: 1, maxLength: 3 }) }),
  DATETIME: fc.record({ timestamp: around, requiresTimeZoneConversion: fc.constant(false) }),
  DATE: around.map((ms) => {
    const at = new Date(ms);
    const month = at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' }).toUpperCase();
    return { year: at.getUTCFullYear(), month, day: at.getUTCDate() };
  }),
  RANGED_DATE: fc.record({
    lowerBound: around,
    upperBound: around,
    requiresTimeZoneConversion: fc.constant(false),
  }),
  ROLLING_DATE_RANGE: fc.record({ numberOfDays: days, requiresTimeZoneConversion: fc.constant(true) }),
  ROLLING_PROPERTY_UPDATED: fc.record({ numberOfDays: days }),
  CALENDAR_DATE: fc.record({
    timeUnit: fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'),
    timeUnitCount: fc.integer({ min: 1, max: 3 }),
  }),
  COMPARATIVE_DATE: fc.record({ comparisonPropertyName: fc.constantFrom('closedate', 'rf_date') }),
  COMPARATIVE_STRING: fc.record({ comparisonPropertyName: fc.constantFrom('city', 'jobtitle') }),
  TIME_POINT: fc.record({
    ...{ type: fc.constant('TIME_POINT'), timePoint: point, endpointBehavior: endpoint },
    propertyParser: fc.constantFrom('VALUE', 'UPDATED_AT'),
  }),
  TIME_RANGED: fc.record({
    ...{ type: fc.constant('TIME_RANGED'), lowerBoundTimePoint: point, upperBoundTimePoint: point },
    ...{ lowerBoundEndpointBehavior: endpoint, upperBoundEndpointBehavior: endpoint },
    propertyParser: fc.constantFrom('VALUE', 'UPDATED_AT'),
  }),
};

const propertyFilter = fc.constantFrom(...Object.keys(fields)).chain((operationType) => {
  const rule = operationRules[operationType];
  const on = rule?.on ?? (operationType.startsWith('TIME_') ? ['date', 'datetime'] : Object.values(TYPES));
  const names = Object.keys(TYPES).filter((name) => on.includes(TYPES[name] ?? ''));
  return fc
    .tuple(
      ...([fc.constantFrom(...names), fc.constantFrom(...(rule?.operators ?? []))] as const),
      ...([fields[operationType] ?? fc.constant({}), fc.boolean()] as const),
    )
    .map(([property, operator, values, includeObjectsWithNoValueSet]) => ({
      ...{ filterType: 'PROPERTY', property },
      operation: { operationType, operator, includeObjectsWithNoValueSet, ...values },
    }));
});
const listFilter = fc.record({
  ...{ filterType: fc.constant('IN_LIST'), listId: fc.constantFrom(...LISTS) },
  operator: fc.constantFrom('IN_LIST', 'NOT_IN_LIST'),
});
const constantFilter = fc.record({ filterType: fc.constant('CONSTANT'), shouldAccept: fc.boolean() });
const filter = fc.oneof(
  { weight: 20, arbitrary: propertyFilter },
  { weight: 1, arbitrary: listFilter },
  { weight: 1, arbitrary: constantFilter },
);
const association = fc
  .tuple(
    fc.constantFrom('IS_GREATER_THAN', 'IS_LESS_THAN', 'IS_EQUAL_TO', 'IS_NOT_EQUAL_TO'),
    numbers,
    fc.boolean(),
  )
  .map(([operator, value, includeObjectsWithNoValueSet]) => ({
    ...{ filterBranchType: 'ASSOCIATION', operator: 'IN_LIST', objectTypeId: '0-2', associationTypeId: 279 },
    ...{ associationCategory: 'HUBSPOT_DEFINED', filterBranches: [] },
    filters: [
      {
        ...{ filterType: 'PROPERTY', property: 'annualrevenue' },
        operation: { operationType: 'NUMBER', operator, value, includeObjectsWithNoValueSet },
      },
    ],
  }));
const and = fc.record({
  filterBranchType: fc.constant('AND'),
  filterBranches: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(association) },
  ),
  filters: fc.array(filter, { minLength: 1, maxLength: 3 }),
});
/** Any root branch that the simulator's parser accepts, over the properties of the test. */
export const root = fc.record({
  ...{ filterBranchType: fc.constant('OR'), filters: fc.constant([]) },
  filterBranches: fc.array(and, { minLength: 1, maxLength: 3 }),
});
