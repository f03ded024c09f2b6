import type { Filter, FilterBranch } from './model.ts';

/** Shapes of filters as HubSpot's documents show them, one of each operation and of each kind of branch. */
const operation = (operationType: string, operator: string, more: Record<string, unknown> = {}) => ({
  operationType,
  operator,
  includeObjectsWithNoValueSet: false,
  ...more,
});
const property = (name: string, json: unknown): Filter => ({
  filterType: 'PROPERTY',
  property: name,
  operation: json,
});

const today = (days: number) => ({
  timeType: 'INDEXED',
  zoneId: 'Europe/Berlin',
  timezoneSource: 'PORTAL',
  indexReference: { referenceType: 'TODAY' },
  offset: { days },
});
const now = {
  timeType: 'INDEXED',
  zoneId: 'Europe/Berlin',
  indexReference: { referenceType: 'NOW' },
  offset: {},
};
const day = (hour: number, minute: number, second: number, millisecond: number) => ({
  timeType: 'DATE',
  zoneId: 'Europe/Berlin',
  year: 2026,
  month: 11,
  day: 12,
  hour,
  minute,
  second,
  millisecond,
});

export const propertyExamples: Record<string, Filter> = {
  known: property('email', operation('ALL_PROPERTY', 'IS_KNOWN')),
  unknown: property('email', operation('ALL_PROPERTY', 'IS_UNKNOWN')),
  text: property('city', operation('STRING', 'CONTAINS', { value: 'Berlin' })),
  texts: property('city', operation('MULTISTRING', 'IS_NOT_EQUAL_TO', { values: ['Berlin', 'Paris'] })),
  pastText: property('city', operation('STRING', 'HAS_EVER_CONTAINED', { value: 'Rome' })),
  number: property('annualrevenue', operation('NUMBER', 'IS_GREATER_THAN_OR_EQUAL_TO', { value: 1_000_000 })),
  numberRange: property(
    'num_notes',
    operation('NUMBER_RANGED', 'IS_BETWEEN', { lowerBound: 1, upperBound: 5 }),
  ),
  outsideRange: property(
    'num_notes',
    operation('NUMBER_RANGED', 'IS_NOT_BETWEEN', { lowerBound: 1, upperBound: 5 }),
  ),
  yes: property('hs_email_optout', operation('BOOL', 'IS_EQUAL_TO', { value: true })),
  choice: property('lifecyclestage', operation('ENUMERATION', 'IS_ANY_OF', { values: ['customer', 'lead'] })),
  noneOf: property('lifecyclestage', {
    ...operation('ENUMERATION', 'IS_NONE_OF', { values: ['customer'] }),
    includeObjectsWithNoValueSet: true,
  }),
  exactly: property('hs_persona', operation('ENUMERATION', 'IS_EXACTLY', { values: ['a', 'b'] })),
  pastChoice: property(
    'lifecyclestage',
    operation('ENUMERATION', 'HAS_EVER_BEEN_ANY_OF', { values: ['lead'] }),
  ),
  instant: property(
    'createdate',
    operation('DATETIME', 'IS_AFTER', { timestamp: 1_700_000_000_000, requiresTimeZoneConversion: false }),
  ),
  date: property(
    'closedate',
    operation('DATE', 'IS_BEFORE_DATE', { year: 2026, month: 'NOVEMBER', day: 12 }),
  ),
  dateRange: property(
    'createdate',
    operation('RANGED_DATE', 'IS_BETWEEN', {
      lowerBound: 1_700_000_000_000,
      upperBound: 1_800_000_000_000,
      requiresTimeZoneConversion: true,
    }),
  ),
  rolling: property(
    'createdate',
    operation('ROLLING_DATE_RANGE', 'IS_LESS_THAN_X_DAYS_AGO', { numberOfDays: 3 }),
  ),
  updated: property(
    'city',
    operation('ROLLING_PROPERTY_UPDATED', 'UPDATED_IN_LAST_X_DAYS', { numberOfDays: 7 }),
  ),
  calendar: property('createdate', operation('CALENDAR_DATE', 'IN_THIS_TIME_UNIT', { timeUnit: 'QUARTER' })),
  comparedDate: property(
    'createdate',
    operation('COMPARATIVE_DATE', 'IS_BEFORE', { comparisonPropertyName: 'closedate' }),
  ),
  comparedUpdate: property(
    'createdate',
    operation('COMPARATIVE_PROPERTY_UPDATED', 'IS_AFTER', { comparisonPropertyName: 'closedate' }),
  ),
  comparedText: property(
    'city',
    operation('COMPARATIVE_STRING', 'IS_EQUAL_TO', { comparisonPropertyName: 'state' }),
  ),
  onDay: property(
    'createdate',
    operation('TIME_RANGED', 'IS_BETWEEN', {
      type: 'TIME_RANGED',
      lowerBoundTimePoint: day(0, 0, 0, 0),
      upperBoundTimePoint: day(23, 59, 59, 999),
      lowerBoundEndpointBehavior: 'INCLUSIVE',
      upperBoundEndpointBehavior: 'INCLUSIVE',
      propertyParser: 'VALUE',
    }),
  ),
  lessThanDaysAgo: property(
    'createdate',
    operation('TIME_RANGED', 'IS_BETWEEN', {
      type: 'TIME_RANGED',
      lowerBoundTimePoint: today(-3),
      upperBoundTimePoint: now,
      lowerBoundEndpointBehavior: 'INCLUSIVE',
      upperBoundEndpointBehavior: 'INCLUSIVE',
      propertyParser: 'VALUE',
    }),
  ),
  updatedSince: property(
    'city',
    operation('TIME_RANGED', 'IS_NOT_BETWEEN', {
      type: 'TIME_RANGED',
      lowerBoundTimePoint: today(-7),
      upperBoundTimePoint: now,
      lowerBoundEndpointBehavior: 'INCLUSIVE',
      upperBoundEndpointBehavior: 'INCLUSIVE',
      propertyParser: 'UPDATED_AT',
    }),
  ),
  afterDay: property(
    'createdate',
    operation('TIME_POINT', 'IS_AFTER', {
      type: 'TIME_POINT',
      timePoint: day(23, 59, 59, 999),
      endpointBehavior: 'EXCLUSIVE',
      propertyParser: 'VALUE',
    }),
  ),
  afterOther: property(
    'closedate',
    operation('TIME_POINT', 'IS_AFTER', {
      type: 'TIME_POINT',
      timePoint: {
        timeType: 'PROPERTY_REFERENCED',
        property: 'createdate',
        referenceType: 'VALUE',
        zoneId: 'Europe/Berlin',
      },
      endpointBehavior: 'EXCLUSIVE',
      propertyParser: 'VALUE',
    }),
  ),
};

export const otherExamples: Record<string, Filter> = {
  inList: { filterType: 'IN_LIST', listId: '12', operator: 'IN_LIST' },
  notInList: { filterType: 'IN_LIST', listId: '12', operator: 'NOT_IN_LIST' },
  workflow: {
    filterType: 'IN_LIST',
    listId: '12',
    operator: 'IN_LIST',
    metadata: { id: '9', inListType: 'WORKFLOWS_ACTIVE' },
  },
  form: {
    filterType: 'FORM_SUBMISSION',
    formId: 'f1',
    operator: 'FILLED_OUT',
    coalescingRefineBy: { type: 'NUM_OCCURRENCES', minOccurrences: 2 },
  },
  email: { filterType: 'EMAIL_EVENT', appId: '1', emailId: '2', level: 'EMAIL', operator: 'OPENED' },
  page: { filterType: 'PAGE_VIEW', pageUrl: '/prices', operator: 'HAS_PAGEVIEW_CONTAINS' },
  constant: { filterType: 'CONSTANT', shouldAccept: false, source: 'x' },
  future: { filterType: 'SOMETHING_OF_2028', anything: { deep: [1, { more: null }] } },
};

export const branchExamples: Record<string, FilterBranch> = {
  company: {
    filterBranchType: 'ASSOCIATION',
    filterBranchOperator: 'AND',
    objectTypeId: '0-2',
    operator: 'IN_LIST',
    associationTypeId: 279,
    associationCategory: 'HUBSPOT_DEFINED',
    filterBranches: [],
    filters: [propertyExamples.number as Filter],
  },
  event: {
    filterBranchType: 'UNIFIED_EVENTS',
    filterBranchOperator: 'AND',
    eventTypeId: '6-1',
    operator: 'HAS_COMPLETED',
    filterBranches: [],
    filters: [],
  },
  none: {
    filterBranchType: 'NOT_ANY',
    filterBranchOperator: 'AND',
    filterBranches: [],
    filters: [],
    strange: [0],
  },
};

/** A root OR of these groups. */
export function rootOf(...groups: Filter[][]): FilterBranch {
  return {
    filterBranchType: 'OR',
    filterBranchOperator: 'OR',
    filters: [],
    filterBranches: groups.map((filters) => ({
      filterBranchType: 'AND',
      filterBranchOperator: 'AND',
      filterBranches: [],
      filters,
    })),
  };
}
