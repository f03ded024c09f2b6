/** A branch as it is kept and answered: every field there. */
export interface Branch {
  filterBranchType: string;
  filterBranchOperator: string;
  filterBranches: Branch[];
  filters: Filter[];
  operator?: string;
  objectTypeId?: string;
  associationTypeId?: number;
  associationCategory?: string;
  propertyWithObjectId?: string;
  eventTypeId?: string;
  pruningRefineBy?: RefineBy;
  coalescingRefineBy?: RefineBy;
}

export interface Filter {
  filterType: string;
  property?: string;
  operation?: Operation;
  operator?: string;
  listId?: string;
  metadata?: { id: string; inListType: string };
  shouldAccept?: boolean;
  associationTypeId?: number;
  associationCategory?: string;
  toObjectTypeId?: string;
  propertyWithObjectId?: string;
  pruningRefineBy?: RefineBy;
  coalescingRefineBy?: RefineBy;
  [field: string]: unknown;
}

export interface Operation {
  operationType: string;
  operator: string;
  includeObjectsWithNoValueSet: boolean;
  value?: string | number | boolean;
  values?: string[];
  lowerBound?: number;
  upperBound?: number;
  timestamp?: number;
  requiresTimeZoneConversion?: boolean;
  year?: number;
  month?: string;
  day?: number;
  numberOfDays?: number;
  timeUnit?: string;
  timeUnitCount?: number;
  useFiscalYear?: boolean;
  fiscalYearStart?: string;
  comparisonPropertyName?: string;
  defaultComparisonValue?: string;
  timePoint?: TimePoint;
  lowerBoundTimePoint?: TimePoint;
  upperBoundTimePoint?: TimePoint;
  endpointBehavior?: string;
  lowerBoundEndpointBehavior?: string;
  upperBoundEndpointBehavior?: string;
  propertyParser?: string;
}

export interface TimePoint {
  timeType: string;
  zoneId?: string;
  timezoneSource?: string;
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  indexReference?: {
    referenceType: string;
    dayOfWeek?: string;
    day?: number;
    month?: number;
    hour?: number;
    minute?: number;
    second?: number;
    millisecond?: number;
  };
  offset?: Partial<Record<OffsetUnit, number>>;
  property?: string;
  referenceType?: string;
}

export type OffsetUnit =
  | 'years'
  | 'quarters'
  | 'months'
  | 'weeks'
  | 'days'
  | 'hours'
  | 'minutes'
  | 'seconds'
  | 'milliseconds';

export interface RefineBy {
  type: string;
  comparison?: string;
  timestamp?: number;
  rangeType?: string;
  lowerTimestamp?: number;
  upperTimestamp?: number;
  timeOffset?: Offset;
  lowerBoundOffset?: Offset;
  upperBoundOffset?: Offset;
  minOccurrences?: number;
  maxOccurrences?: number;
  setType?: string;
}

export interface Offset {
  amount: number;
  timeUnit: string;
  offsetDirection: string;
}

export const MONTHS = [
  ...['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER'],
  ...['NOVEMBER', 'DECEMBER'],
];

const EVER = ['HAS_EVER_BEEN_EQUAL_TO', 'HAS_NEVER_BEEN_EQUAL_TO'];
const EQUAL = ['IS_EQUAL_TO', 'IS_NOT_EQUAL_TO'];
const TEXT = ['CONTAINS', 'DOES_NOT_CONTAIN', 'STARTS_WITH', 'ENDS_WITH'];
const BEFORE_AFTER = ['IS_BEFORE', 'IS_AFTER'];
const BETWEEN = ['IS_BETWEEN', 'IS_NOT_BETWEEN'];
const DAYS = [...EQUAL, ...BEFORE_AFTER, 'IS_BEFORE_DATE', 'IS_AFTER_DATE'];

export interface OperationRule {
  operators: readonly string[];
  /** Field and its JSON type. */
  required: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'strings' | 'object'>>;
  /** Property types it may be used on; any when absent. */
  on?: readonly string[];
}

const DATES = ['date', 'datetime'];
const STRINGS = ['string', 'phone_number'];

/** Every operation of the filter language: its operators, its value fields and the property types it fits. */
export const operationRules: Readonly<Record<string, OperationRule>> = {
  ALL_PROPERTY: { operators: ['IS_KNOWN', 'IS_UNKNOWN', 'IS_BLANK', 'IS_NOT_BLANK'], required: {} },
  STRING: {
    operators: [...EQUAL, ...TEXT, ...EVER, 'HAS_EVER_CONTAINED', 'HAS_NEVER_CONTAINED'],
    ...{ required: { value: 'string' }, on: STRINGS },
  },
  MULTISTRING: {
    operators: [...EQUAL, ...TEXT, 'CONTAINS_EXACTLY', 'DOES_NOT_CONTAIN_EXACTLY'],
    ...{ required: { values: 'strings' }, on: STRINGS },
  },
  NUMBER: {
    operators: [
      ...[...EQUAL, ...EVER, 'IS_GREATER_THAN', 'IS_GREATER_THAN_OR_EQUAL_TO', 'IS_LESS_THAN'],
      'IS_LESS_THAN_OR_EQUAL_TO',
    ],
    ...{ required: { value: 'number' }, on: ['number'] },
  },
  NUMBER_RANGED: {
    operators: BETWEEN,
    required: { lowerBound: 'number', upperBound: 'number' },
    on: ['number'],
  },
  BOOL: { operators: [...EQUAL, ...EVER], required: { value: 'boolean' }, on: ['bool'] },
  ENUMERATION: {
    operators: [
      ...['IS_ANY_OF', 'IS_NONE_OF', 'IS_EXACTLY', 'IS_NOT_EXACTLY', 'CONTAINS_ALL', 'DOES_NOT_CONTAIN_ALL'],
      ...['HAS_EVER_BEEN_ANY_OF', 'HAS_NEVER_BEEN_ANY_OF', 'HAS_EVER_BEEN_EXACTLY', 'HAS_NEVER_BEEN_EXACTLY'],
      ...['HAS_EVER_CONTAINED_ALL', 'HAS_NEVER_CONTAINED_ALL'],
    ],
    ...{ required: { values: 'strings' }, on: ['enumeration'] },
  },
  DATETIME: { operators: DAYS, required: { timestamp: 'number' }, on: DATES },
  DATE: { operators: DAYS, required: { year: 'number', month: 'string', day: 'number' }, on: DATES },
  RANGED_DATE: { operators: BETWEEN, required: { lowerBound: 'number', upperBound: 'number' }, on: DATES },
  ROLLING_DATE_RANGE: {
    operators: [
      ...['IS_LESS_THAN_X_DAYS_AGO', 'IS_MORE_THAN_X_DAYS_AGO', 'IS_LESS_THAN_X_DAYS_FROM_NOW'],
      'IS_MORE_THAN_X_DAYS_FROM_NOW',
    ],
    ...{ required: { numberOfDays: 'number' }, on: DATES },
  },
  ROLLING_PROPERTY_UPDATED: {
    operators: ['UPDATED_IN_LAST_X_DAYS', 'NOT_UPDATED_IN_LAST_X_DAYS'],
    required: { numberOfDays: 'number' },
  },
  CALENDAR_DATE: {
    operators: ['IN_THIS_TIME_UNIT', 'IN_THIS_TIME_UNIT_SO_FAR', 'IN_LAST_TIME_UNIT', 'IN_NEXT_TIME_UNIT'],
    ...{ required: { timeUnit: 'string' }, on: DATES },
  },
  COMPARATIVE_DATE: { operators: BEFORE_AFTER, required: { comparisonPropertyName: 'string' }, on: DATES },
  COMPARATIVE_PROPERTY_UPDATED: { operators: BEFORE_AFTER, required: { comparisonPropertyName: 'string' } },
  COMPARATIVE_STRING: { operators: EQUAL, required: { comparisonPropertyName: 'string' }, on: STRINGS },
  TIME_POINT: { operators: BEFORE_AFTER, required: { timePoint: 'object' } },
  TIME_RANGED: {
    operators: BETWEEN,
    required: { lowerBoundTimePoint: 'object', upperBoundTimePoint: 'object' },
  },
};
