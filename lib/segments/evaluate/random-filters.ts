import fc from 'fast-check';
import { rootOf } from '../filter/examples.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';

/** Properties that random filters look at, as HubSpot defines them. */
const options = ['a', 'b', 'c', 'd'].map((value) => ({ label: value.toUpperCase(), value }));
export const randomProperties = [
  { name: 'rf_text', type: 'string', fieldType: 'text' },
  { name: 'rf_other', type: 'string', fieldType: 'text' },
  { name: 'rf_number', type: 'number', fieldType: 'number' },
  { name: 'rf_yes', type: 'bool', fieldType: 'booleancheckbox' },
  { name: 'rf_choice', type: 'enumeration', fieldType: 'select', options },
  { name: 'rf_boxes', type: 'enumeration', fieldType: 'checkbox', options },
  { name: 'rf_day', type: 'date', fieldType: 'date' },
  { name: 'rf_end', type: 'date', fieldType: 'date' },
  { name: 'rf_moment', type: 'datetime', fieldType: 'date' },
].map((property) => ({ groupName: 'contactinformation', label: property.name, ...property }));

const words = ['Sales Lead', 'lead', 'VP sales', 'Sales', 'Øst', 'øst', 'head of sales', 'İzmir', 'straße'];
const letters = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 });
const dayMs = 86_400_000;

/** Days from now that matter: the ones around today, and around the changes of the clocks in Berlin. */
function daysThatMatter(now: number): number[] {
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: 'numeric' });
  const isChange = (days: number) =>
    hourOf.format(now + days * dayMs) !== hourOf.format(now + (days + 1) * dayMs);
  const half = Array.from({ length: 366 }, (_, index) => index - 183);
  return [0, 0, ...half.filter(isChange)].flatMap((day) =>
    [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((by) => day + by),
  );
}

const dayAround = (now: number) =>
  fc
    .constantFrom(...daysThatMatter(now))
    .map((days) => new Date(now + days * dayMs).toISOString().slice(0, 10));

/** Values never lie where a minute between two clocks would matter: half past, or a midnight of some zone. */
function momentAround(now: number) {
  const hour = fc.integer({ min: 0, max: 23 }).map((at) => `T${String(at).padStart(2, '0')}:37:00.000Z`);
  const midnight = fc.constantFrom('T22:00:00.000Z', 'T23:00:00.000Z', 'T22:59:59.999Z', 'T00:00:00.000Z');
  return fc.tuple(dayAround(now), fc.oneof(hour, midnight)).map((parts) => parts.join(''));
}

/** A contact's values; what is left out is blank. */
export function randomValues(now: number): fc.Arbitrary<Record<string, string>> {
  const text = fc.constantFrom(...words);
  return fc.record(
    {
      rf_text: text,
      rf_other: text,
      rf_number: fc.constantFrom('-2', '0', '1', '2.5', '3', '4'),
      rf_yes: fc.constantFrom('true', 'false'),
      rf_choice: fc.constantFrom('a', 'b', 'c', 'd'),
      rf_boxes: letters.map((values) => values.join(';')),
      rf_day: dayAround(now),
      rf_end: dayAround(now),
      rf_moment: momentAround(now),
    },
    { requiredKeys: [] },
  );
}

type Json = Record<string, unknown>;

/** Random filters over these properties and lists; times lie around now. */
export function randomBranches(now: number, zone: string, lists: string[]): fc.Arbitrary<FilterBranch> {
  const filter = fc.oneof(
    { weight: 9, arbitrary: propertyFilter(now, zone) },
    { weight: 1, arbitrary: inList(lists) },
  );
  const group = fc.array(filter, { minLength: 1, maxLength: 3 });
  return fc.array(group, { minLength: 1, maxLength: 2 }).map((groups) => rootOf(...groups));
}

function inList(lists: string[]): fc.Arbitrary<Filter> {
  return fc.record({
    filterType: fc.constant('IN_LIST'),
    listId: fc.constantFrom(...lists),
    operator: fc.constantFrom('IN_LIST', 'NOT_IN_LIST'),
  });
}

function propertyFilter(now: number, zone: string): fc.Arbitrary<Filter> {
  const on = (names: string[], operation: fc.Arbitrary<Json>) =>
    fc.tuple(fc.constantFrom(...names), operation, fc.boolean()).map(([property, given, blanks]): Filter => {
      const all = { ...given, includeObjectsWithNoValueSet: blanks };
      return { filterType: 'PROPERTY', property, operation: all };
    });
  const anything = randomProperties.map(({ name }) => name);
  return fc.oneof(
    on(anything, operation('ALL_PROPERTY', ['IS_KNOWN', 'IS_UNKNOWN', 'IS_BLANK', 'IS_NOT_BLANK'], {})),
    on(['rf_text', 'rf_other'], texts()),
    on(['rf_number'], numbers()),
    on(['rf_yes'], operation('BOOL', equal, { value: fc.boolean() })),
    on(['rf_choice', 'rf_boxes'], choices()),
    { weight: 5, arbitrary: on(['rf_day', 'rf_moment'], dates(now, zone)) },
  );
}

const equal = ['IS_EQUAL_TO', 'IS_NOT_EQUAL_TO'];
const between = ['IS_BETWEEN', 'IS_NOT_BETWEEN'];

function operation(
  operationType: string,
  operators: string[],
  fields: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Json> {
  const shape = { operationType: fc.constant(operationType), operator: fc.constantFrom(...operators) };
  return fc.record({ ...shape, ...fields });
}

function texts(): fc.Arbitrary<Json> {
  const operators = [...equal, 'CONTAINS', 'DOES_NOT_CONTAIN', 'STARTS_WITH', 'ENDS_WITH'];
  const text = fc.constantFrom(...words, 'le', 'SALES', 'of', 'x', 'İ', 'ß');
  const values = fc.array(text, { minLength: 1, maxLength: 3 });
  const comparison = { comparisonPropertyName: fc.constant('rf_other') };
  return fc.oneof(
    operation('STRING', operators, { value: text }),
    operation('MULTISTRING', operators, { values }),
    operation('COMPARATIVE_STRING', ['IS_EQUAL_TO'], comparison),
    operation('COMPARATIVE_STRING', ['IS_EQUAL_TO'], { ...comparison, defaultComparisonValue: text }),
  );
}

function numbers(): fc.Arbitrary<Json> {
  const value = fc.constantFrom(-3, -2, 0, 1, 2.5, 3, 5);
  const than = ['GREATER_THAN', 'GREATER_THAN_OR_EQUAL_TO', 'LESS_THAN', 'LESS_THAN_OR_EQUAL_TO'];
  const operators = [...equal, ...than.map((name) => `IS_${name}`)];
  return fc.oneof(
    operation('NUMBER', operators, { value }),
    operation('NUMBER_RANGED', between, { lowerBound: value, upperBound: value }),
  );
}

function choices(): fc.Arbitrary<Json> {
  const operators = ['IS_ANY_OF', 'IS_NONE_OF', 'IS_EXACTLY', 'IS_NOT_EXACTLY'];
  return operation('ENUMERATION', [...operators, 'CONTAINS_ALL', 'DOES_NOT_CONTAIN_ALL'], {
    values: letters,
  });
}

const months = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY'].concat([
  ...['AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'],
]);

function dates(now: number, zone: string): fc.Arbitrary<Json> {
  const instant = momentAround(now).map((text) => Date.parse(text));
  const convert = { requiresTimeZoneConversion: fc.boolean() };
  const daysOn = ['IS_EQUAL_TO', 'IS_BEFORE', 'IS_AFTER', 'IS_BEFORE_DATE', 'IS_AFTER_DATE'];
  const day = dayAround(now).map((text) => {
    const [year, month = 1, date] = text.split('-').map(Number);
    return { year, month: months[month - 1], day: date };
  });
  const rolling = ['LESS_THAN_X_DAYS_AGO', 'MORE_THAN_X_DAYS_AGO', 'LESS_THAN_X_DAYS_FROM_NOW'];
  const units = fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR');
  const calendar = [
    'IN_THIS_TIME_UNIT',
    'IN_THIS_TIME_UNIT_SO_FAR',
    'IN_LAST_TIME_UNIT',
    'IN_NEXT_TIME_UNIT',
  ];
  return fc.oneof(
    operation('DATETIME', daysOn, { timestamp: instant, ...convert }),
    fc.tuple(operation('DATE', daysOn, {}), day).map(([given, on]) => ({ ...given, ...on })),
    operation('RANGED_DATE', between, { lowerBound: instant, upperBound: instant, ...convert }),
    operation(
      'ROLLING_DATE_RANGE',
      [...rolling, 'MORE_THAN_X_DAYS_FROM_NOW'].map((name) => `IS_${name}`),
      {
        numberOfDays: fc.constantFrom(...daysThatMatter(now)).map(Math.abs),
        ...convert,
      },
    ),
    operation('CALENDAR_DATE', calendar, { timeUnit: units, timeUnitCount: fc.integer({ min: 1, max: 3 }) }),
    operation('COMPARATIVE_DATE', ['IS_BEFORE', 'IS_AFTER'], {
      comparisonPropertyName: fc.constant('rf_end'),
    }),
    { weight: 2, arbitrary: timePoint(now, zone) },
    { weight: 2, arbitrary: timeRange(now, zone) },
  );
}

function timePoint(now: number, zone: string): fc.Arbitrary<Json> {
  return operation('TIME_POINT', ['IS_BEFORE', 'IS_AFTER'], {
    type: fc.constant('TIME_POINT'),
    timePoint: point(now, zone),
    endpointBehavior: fc.constantFrom('INCLUSIVE', 'EXCLUSIVE'),
    propertyParser: fc.constant('VALUE'),
  });
}

function timeRange(now: number, zone: string): fc.Arbitrary<Json> {
  const end = fc.constantFrom('INCLUSIVE', 'EXCLUSIVE');
  return operation('TIME_RANGED', between, {
    type: fc.constant('TIME_RANGED'),
    lowerBoundTimePoint: point(now, zone),
    upperBoundTimePoint: point(now, zone),
    lowerBoundEndpointBehavior: end,
    upperBoundEndpointBehavior: end,
    propertyParser: fc.constant('VALUE'),
  });
}

function point(now: number, zone: string): fc.Arbitrary<Json> {
  const inZone = fc.constantFrom<Json>(
    { zoneId: zone },
    { zoneId: zone, timezoneSource: 'PORTAL' },
    { zoneId: 'America/New_York' },
    { zoneId: 'Asia/Tokyo', timezoneSource: 'CUSTOM' },
    { zoneId: 'America/New_York', timezoneSource: 'PORTAL' },
  );
  const time = fc.constantFrom<Json>(
    {},
    { hour: 0, minute: 0 },
    { hour: 2, minute: 30 },
    { hour: 15 },
    endOfDay,
  );
  const date = fc.tuple(dayAround(now), time).map(([text, at]) => {
    const [year, month, day] = text.split('-').map(Number);
    return { timeType: 'DATE', year, month, day, ...at };
  });
  const referenced = fc.constant<Json>({
    timeType: 'PROPERTY_REFERENCED',
    property: 'rf_end',
    referenceType: 'VALUE',
  });
  const moving = fc
    .record({ indexReference: reference(), offset: offset(now) })
    .map((parts): Json => ({ timeType: 'INDEXED', ...parts }));
  return fc
    .tuple(fc.oneof(date, moving, referenced), inZone)
    .map(([given, where]) => ({ ...given, ...where }));
}

const endOfDay = { hour: 23, minute: 59, second: 59, millisecond: 999 };

function reference(): fc.Arbitrary<Json> {
  const day = fc.integer({ min: 1, max: 28 });
  const month = (max: number) => fc.integer({ min: 1, max });
  const fixed = (referenceType: string) => ({ referenceType: fc.constant(referenceType) });
  const dayOfWeek = fc.constantFrom('MONDAY', 'WEDNESDAY', 'SUNDAY');
  return fc.oneof(
    fc.record(fixed('NOW')),
    fc.record(fixed('TODAY')),
    fc.record({ ...fixed('TODAY'), hour: fc.constant(9), minute: fc.constant(30) }),
    fc.record({ ...fixed('NOW'), hour: fc.constant(15) }),
    fc.record({ ...fixed('WEEK'), dayOfWeek }),
    fc.record({ ...fixed('MONTH'), day }),
    fc.record({ ...fixed('QUARTER'), month: month(3), day }),
    fc.record({ ...fixed('YEAR'), month: month(12), day }),
  );
}

function offset(now: number): fc.Arbitrary<Json> {
  const by = (max: number) => fc.integer({ min: -max, max });
  const days = fc.constantFrom(...daysThatMatter(now));
  const parts = { weeks: by(1), months: by(4), quarters: by(1), years: by(1), hours: by(60) };
  return fc.oneof(fc.record({ days }), fc.record({ days, ...parts }, { requiredKeys: [] }));
}
