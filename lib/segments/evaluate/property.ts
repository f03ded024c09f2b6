import type { Operation, OperationOf, PropertyFilter } from '../filter/operations.ts';
import { dayStart, instantOf } from '../zoned-time.ts';
import { type Clock, calendarRange, pointInstant, readInstant, rollingRange } from './dates.ts';
import { not, of, type Verdict } from './verdict.ts';

/** What is known of one contact. A property that is missing was not read; null or '' is blank. */
export type Person = {
  values: Readonly<Record<string, string | null | undefined>>;
  /** Ids of all lists the contact is in; null if they were not asked for. */
  lists: ReadonlySet<string> | null;
};

const months = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'].concat([
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
]);

/** Whether a contact passes one PROPERTY filter. `unknown`: only HubSpot can tell. */
export function evaluateProperty(filter: PropertyFilter, person: Person, clock: Clock): Verdict {
  const value = person.values[filter.property];
  const { operation } = filter;
  if (needsHistory(operation) || value === undefined) return 'unknown';
  const isBlank = value === null || value === '';
  if (operation.operationType === 'ALL_PROPERTY') {
    const wantsValue = operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK';
    return of(isBlank !== wantsValue);
  }
  // HubSpot: a record without a value matches by this switch alone, for negative operators too.
  if (isBlank) return of(operation.includeObjectsWithNoValueSet);
  return evaluateValue(operation, value, person, clock);
}

/** Operators that look at former values or at when a value was set. */
export function needsHistory(operation: Operation): boolean {
  if (/^HAS_(EVER|NEVER)_/.test(operation.operator)) return true;
  if (operation.operationType === 'TIME_POINT' || operation.operationType === 'TIME_RANGED') {
    return operation.propertyParser === 'UPDATED_AT';
  }
  return (
    operation.operationType === 'ROLLING_PROPERTY_UPDATED' ||
    operation.operationType === 'COMPARATIVE_PROPERTY_UPDATED'
  );
}

function evaluateValue(operation: Operation, value: string, person: Person, clock: Clock): Verdict {
  switch (operation.operationType) {
    case 'STRING':
      return evaluateText(operation.operator, value, [operation.value]);
    case 'MULTISTRING':
      return evaluateText(operation.operator, value, operation.values);
    case 'NUMBER':
      return evaluateNumber(operation, value);
    case 'NUMBER_RANGED':
      return within(operation.operator, Number(value), operation.lowerBound, operation.upperBound);
    case 'BOOL': {
      const same = (value.toLowerCase() === 'true') === operation.value;
      return of(operation.operator === 'IS_EQUAL_TO' ? same : !same);
    }
    case 'ENUMERATION':
      return evaluateChoice(operation, value);
    case 'COMPARATIVE_STRING':
      return evaluateSameText(operation, value, person);
    default:
      return evaluateDate(operation, value, person, clock);
  }
}

/** Text is compared without regard to case; with several values, any of them (for negative ones, none). */
function evaluateText(operator: string, value: string, wanted: string[]): Verdict {
  const has = value.toLowerCase();
  const some = (test: (text: string) => boolean) => of(wanted.some((text) => test(text.toLowerCase())));
  switch (operator) {
    case 'IS_EQUAL_TO':
      return some((text) => has === text);
    case 'IS_NOT_EQUAL_TO':
      return not(some((text) => has === text));
    case 'CONTAINS':
      return some((text) => has.includes(text));
    case 'DOES_NOT_CONTAIN':
      return not(some((text) => has.includes(text)));
    case 'STARTS_WITH':
      return some((text) => has.startsWith(text));
    case 'ENDS_WITH':
      return some((text) => has.endsWith(text));
    default:
      return 'unknown';
  }
}

function evaluateNumber(operation: OperationOf<'NUMBER'>, value: string): Verdict {
  const has = Number(value);
  const wanted = operation.value;
  if (Number.isNaN(has)) return 'unknown';
  switch (operation.operator) {
    case 'IS_EQUAL_TO':
      return of(has === wanted);
    case 'IS_NOT_EQUAL_TO':
      return of(has !== wanted);
    case 'IS_GREATER_THAN':
      return of(has > wanted);
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return of(has >= wanted);
    case 'IS_LESS_THAN':
      return of(has < wanted);
    case 'IS_LESS_THAN_OR_EQUAL_TO':
      return of(has <= wanted);
    default:
      return 'unknown';
  }
}

function within(operator: 'IS_BETWEEN' | 'IS_NOT_BETWEEN', has: number, low: number, high: number): Verdict {
  if (Number.isNaN(has)) return 'unknown';
  const inside = of(has >= low && has <= high);
  return operator === 'IS_BETWEEN' ? inside : not(inside);
}

/** Option values compare with case; a multi-select holds several, joined by semicolons. */
function evaluateChoice(operation: OperationOf<'ENUMERATION'>, value: string): Verdict {
  const has = new Set(
    value
      .split(';')
      .map((item) => item.trim())
      .filter(Boolean),
  );
  const any = of(operation.values.some((item) => has.has(item)));
  const all = of(operation.values.every((item) => has.has(item)));
  const exactly = of(all === 'yes' && has.size === new Set(operation.values).size);
  switch (operation.operator) {
    case 'IS_ANY_OF':
      return any;
    case 'IS_NONE_OF':
      return not(any);
    case 'CONTAINS_ALL':
      return all;
    case 'DOES_NOT_CONTAIN_ALL':
      return not(all);
    case 'IS_EXACTLY':
      return exactly;
    case 'IS_NOT_EXACTLY':
      return not(exactly);
    default:
      return 'unknown';
  }
}

function evaluateSameText(
  operation: OperationOf<'COMPARATIVE_STRING'>,
  value: string,
  person: Person,
): Verdict {
  const other = person.values[operation.comparisonPropertyName];
  if (other === undefined) return 'unknown';
  const wanted = other || operation.defaultComparisonValue;
  return of(wanted !== undefined && wanted.toLowerCase() === value.toLowerCase());
}

type DateOperation = Exclude<
  Operation,
  { operationType: 'STRING' | 'MULTISTRING' | 'NUMBER' | 'NUMBER_RANGED' }
>;

function evaluateDate(operation: DateOperation, value: string, person: Person, clock: Clock): Verdict {
  const read = (property: string) => {
    const text = person.values[property];
    if (text === undefined) return 'unread';
    const at = text === null || text === '' ? null : readInstant(text, clock.timeZone);
    return at === null ? 'blank' : { at };
  };
  const at = readInstant(value, clock.timeZone);
  if (at === null) return 'unknown';
  const inside = ([low, end]: [number, number]) => of(at >= low && at < end);
  switch (operation.operationType) {
    case 'DATETIME':
      return againstDay(operation.operator, at, operation.timestamp, clock);
    case 'DATE': {
      const month = months.indexOf(operation.month.toUpperCase()) + 1;
      if (month === 0) return 'unknown';
      const day = instantOf({ year: operation.year, month, day: operation.day }, clock.timeZone);
      return againstDay(operation.operator, at, day, clock);
    }
    case 'RANGED_DATE':
      return within(operation.operator, at, operation.lowerBound, operation.upperBound);
    case 'ROLLING_DATE_RANGE':
      return inside(rollingRange(operation, clock));
    case 'CALENDAR_DATE': {
      const range = calendarRange(operation, clock);
      return range ? inside(range) : 'unknown';
    }
    case 'COMPARATIVE_DATE': {
      const other = read(operation.comparisonPropertyName);
      if (other === 'unread') return 'unknown';
      if (other === 'blank') return operation.defaultComparisonValue === undefined ? 'no' : 'unknown';
      return of(operation.operator === 'IS_BEFORE' ? at < other.at : at > other.at);
    }
    case 'TIME_POINT': {
      const point = pointInstant(operation.timePoint, clock, read);
      if (point === null) return 'unknown';
      const reaches = of(operation.operator === 'IS_BEFORE' ? at < point : at > point);
      return at === point ? of(operation.endpointBehavior === 'INCLUSIVE') : reaches;
    }
    case 'TIME_RANGED': {
      const low = pointInstant(operation.lowerBoundTimePoint, clock, read);
      const high = pointInstant(operation.upperBoundTimePoint, clock, read);
      if (low === null || high === null) return 'unknown';
      const above = operation.lowerBoundEndpointBehavior === 'INCLUSIVE' ? at >= low : at > low;
      const below = operation.upperBoundEndpointBehavior === 'INCLUSIVE' ? at <= high : at < high;
      const between = of(above && below);
      return operation.operator === 'IS_BETWEEN' ? between : not(between);
    }
    default:
      return 'unknown';
  }
}

/** Before a date is before its day begins, after it is once the day has ended. */
function againstDay(
  operator: OperationOf<'DATE'>['operator'],
  at: number,
  point: number,
  clock: Clock,
): Verdict {
  const start = dayStart(point, clock.timeZone);
  const end = dayStart(point, clock.timeZone, 1);
  switch (operator) {
    case 'IS_EQUAL_TO':
      return of(at >= start && at < end);
    case 'IS_BEFORE_DATE':
      return of(at < start);
    case 'IS_AFTER_DATE':
      return of(at >= end);
    case 'IS_BEFORE':
      return of(at < point);
    case 'IS_AFTER':
      return of(at > point);
  }
}
