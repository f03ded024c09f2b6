import { z } from 'zod';

/**
 * The operations of a PROPERTY filter: every operation type and operator that HubSpot's list documents name.
 * `readOperation` answers null for anything else, which is then kept as it is and evaluated by HubSpot alone.
 */
const common = { includeObjectsWithNoValueSet: z.boolean().default(false) };
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const values = z.array(text);
const number = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number);

const pastStates = ['HAS_EVER_BEEN_EQUAL_TO', 'HAS_NEVER_BEEN_EQUAL_TO'] as const;
const comparisons = ['IS_BEFORE', 'IS_AFTER'] as const;
const days = ['IS_EQUAL_TO', 'IS_BEFORE', 'IS_AFTER', 'IS_BEFORE_DATE', 'IS_AFTER_DATE'] as const;
const ranges = ['IS_BETWEEN', 'IS_NOT_BETWEEN'] as const;

const offset = z.object({
  days: number.optional(),
  weeks: number.optional(),
  months: number.optional(),
  quarters: number.optional(),
  years: number.optional(),
  hours: number.optional(),
  minutes: number.optional(),
  seconds: number.optional(),
  milliseconds: number.optional(),
});
const clockTime = {
  hour: number.optional(),
  minute: number.optional(),
  second: number.optional(),
  millisecond: number.optional(),
};
const zone = { zoneId: z.string(), timezoneSource: z.string().nullish() };

export const timePointSchema = z.discriminatedUnion('timeType', [
  z.object({ timeType: z.literal('DATE'), year: number, month: number, day: number, ...clockTime, ...zone }),
  z.object({
    timeType: z.literal('INDEXED'),
    indexReference: z.object({
      referenceType: z.string(),
      dayOfWeek: z.string().optional(),
      day: number.optional(),
      month: number.optional(),
      ...clockTime,
    }),
    offset: offset.optional(),
    ...zone,
  }),
  z.object({
    timeType: z.literal('PROPERTY_REFERENCED'),
    property: z.string(),
    referenceType: z.string(),
    ...zone,
  }),
]);
export type TimePoint = z.infer<typeof timePointSchema>;

const endpoint = z.enum(['INCLUSIVE', 'EXCLUSIVE']);
const parser = z.enum(['VALUE', 'UPDATED_AT']).default('VALUE');

function operation<T extends string, const O extends readonly [string, ...string[]], S extends z.ZodRawShape>(
  type: T,
  operators: O,
  shape: S,
) {
  return z.object({ operationType: z.literal(type), operator: z.enum(operators), ...common, ...shape });
}

export const operationSchema = z.discriminatedUnion('operationType', [
  operation('ALL_PROPERTY', ['IS_KNOWN', 'IS_UNKNOWN', 'IS_BLANK', 'IS_NOT_BLANK'], {}),
  operation(
    'STRING',
    [
      'IS_EQUAL_TO',
      'IS_NOT_EQUAL_TO',
      'CONTAINS',
      'DOES_NOT_CONTAIN',
      'STARTS_WITH',
      'ENDS_WITH',
      ...pastStates,
      'HAS_EVER_CONTAINED',
      'HAS_NEVER_CONTAINED',
    ],
    { value: text },
  ),
  operation(
    'MULTISTRING',
    [
      'IS_EQUAL_TO',
      'IS_NOT_EQUAL_TO',
      'CONTAINS',
      'DOES_NOT_CONTAIN',
      'CONTAINS_EXACTLY',
      'DOES_NOT_CONTAIN_EXACTLY',
      'STARTS_WITH',
      'ENDS_WITH',
    ],
    { values },
  ),
  operation(
    'NUMBER',
    [
      'IS_EQUAL_TO',
      'IS_NOT_EQUAL_TO',
      'IS_GREATER_THAN',
      'IS_GREATER_THAN_OR_EQUAL_TO',
      'IS_LESS_THAN',
      'IS_LESS_THAN_OR_EQUAL_TO',
      ...pastStates,
    ],
    { value: number },
  ),
  operation('NUMBER_RANGED', ranges, { lowerBound: number, upperBound: number }),
  operation('BOOL', ['IS_EQUAL_TO', 'IS_NOT_EQUAL_TO', ...pastStates], {
    value: z.union([z.boolean(), z.enum(['true', 'false']).transform((given) => given === 'true')]),
  }),
  operation(
    'ENUMERATION',
    [
      'IS_ANY_OF',
      'IS_NONE_OF',
      'IS_EXACTLY',
      'IS_NOT_EXACTLY',
      'CONTAINS_ALL',
      'DOES_NOT_CONTAIN_ALL',
      'HAS_EVER_BEEN_ANY_OF',
      'HAS_NEVER_BEEN_ANY_OF',
      'HAS_EVER_BEEN_EXACTLY',
      'HAS_NEVER_BEEN_EXACTLY',
      'HAS_EVER_CONTAINED_ALL',
      'HAS_NEVER_CONTAINED_ALL',
    ],
    { values },
  ),
  operation('DATETIME', days, { timestamp: number, requiresTimeZoneConversion: z.boolean().default(false) }),
  operation('DATE', days, { year: number, month: z.string(), day: number }),
  operation('RANGED_DATE', ranges, {
    lowerBound: number,
    upperBound: number,
    requiresTimeZoneConversion: z.boolean().default(false),
  }),
  operation(
    'ROLLING_DATE_RANGE',
    [
      'IS_LESS_THAN_X_DAYS_AGO',
      'IS_MORE_THAN_X_DAYS_AGO',
      'IS_LESS_THAN_X_DAYS_FROM_NOW',
      'IS_MORE_THAN_X_DAYS_FROM_NOW',
    ],
    { numberOfDays: number },
  ),
  operation('ROLLING_PROPERTY_UPDATED', ['UPDATED_IN_LAST_X_DAYS', 'NOT_UPDATED_IN_LAST_X_DAYS'], {
    numberOfDays: number,
  }),
  operation(
    'CALENDAR_DATE',
    ['IN_THIS_TIME_UNIT', 'IN_THIS_TIME_UNIT_SO_FAR', 'IN_LAST_TIME_UNIT', 'IN_NEXT_TIME_UNIT'],
    {
      timeUnit: z.enum(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']),
      timeUnitCount: number.optional(),
      useFiscalYear: z.boolean().optional(),
      fiscalYearStart: z.string().optional(),
    },
  ),
  operation('COMPARATIVE_DATE', comparisons, {
    comparisonPropertyName: z.string(),
    defaultComparisonValue: z.string().optional(),
  }),
  operation('COMPARATIVE_PROPERTY_UPDATED', comparisons, {
    comparisonPropertyName: z.string(),
    defaultComparisonValue: z.string().optional(),
  }),
  operation('COMPARATIVE_STRING', ['IS_EQUAL_TO'], {
    comparisonPropertyName: z.string(),
    defaultComparisonValue: z.string().optional(),
  }),
  operation('TIME_POINT', comparisons, {
    timePoint: timePointSchema,
    endpointBehavior: endpoint.default('EXCLUSIVE'),
    propertyParser: parser,
  }),
  operation('TIME_RANGED', ranges, {
    lowerBoundTimePoint: timePointSchema,
    upperBoundTimePoint: timePointSchema,
    lowerBoundEndpointBehavior: endpoint.default('INCLUSIVE'),
    upperBoundEndpointBehavior: endpoint.default('INCLUSIVE'),
    propertyParser: parser,
  }),
]);

export type Operation = z.infer<typeof operationSchema>;
export type OperationType = Operation['operationType'];
export type OperationOf<T extends OperationType> = Extract<Operation, { operationType: T }>;

const propertyFilterSchema = z.object({
  filterType: z.literal('PROPERTY'),
  property: z.string().min(1),
  operation: operationSchema,
});
export type PropertyFilter = z.infer<typeof propertyFilterSchema>;

/** A PROPERTY filter whose operation is known here; null for everything else. */
export function readPropertyFilter(filter: unknown): PropertyFilter | null {
  const parsed = propertyFilterSchema.safeParse(filter);
  return parsed.success && !isRefined(filter) ? parsed.data : null;
}

const refineKeys = ['pruningRefineBy', 'coalescingRefineBy'];
const refined = z.looseObject({ operation: z.looseObject({}) });

/** A refine-by narrows or counts the data before the operation looks at it: only HubSpot can do that. */
function isRefined(filter: unknown): boolean {
  const parsed = refined.safeParse(filter);
  if (!parsed.success) return false;
  return refineKeys.some((key) => (parsed.data[key] ?? parsed.data.operation[key] ?? null) !== null);
}

const inListSchema = z.object({
  filterType: z.literal('IN_LIST'),
  listId: z.union([z.string(), z.number()]).transform(String),
  operator: z.enum(['IN_LIST', 'NOT_IN_LIST']),
  metadata: z.unknown().optional(),
});

/** Membership of another segment; null for the other uses of IN_LIST (workflows, imports) and other types. */
export function readInList(filter: unknown): { listId: string; isMember: boolean } | null {
  const parsed = inListSchema.safeParse(filter);
  if (!parsed.success || (parsed.data.metadata ?? null) !== null) return null;
  return { listId: parsed.data.listId, isMember: parsed.data.operator === 'IN_LIST' };
}
