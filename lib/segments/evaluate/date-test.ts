import type { Operation, OperationOf, TimePoint } from '../filter/operations.ts';
import { dayStart, instantOf } from '../zoned-time.ts';
import {
  asWallTime,
  type Clock,
  calendarRange,
  type PointReading,
  pointInstant,
  readInstant,
  rollingRange,
} from './dates.ts';
import type { Person, ValueTest } from './property.ts';
import { of, type Verdict, withoutOther } from './verdict.ts';

const months = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'].concat([
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
]);

type Read = (text: string) => number | null;
type InstantTest = (at: number, person: Person) => Verdict;
type DateOperation = Exclude<
  Operation,
  { operationType: 'STRING' | 'MULTISTRING' | 'NUMBER' | 'NUMBER_RANGED' | 'ENUMERATION' | 'BOOL' }
>;

/** Operations over times, of the values as they are now. */
export function compileDate(operation: DateOperation, clock: Clock): ValueTest {
  const read = remembering((text) => readInstant(text, clock.timeZone));
  const test = compileTest(operation, read, clock);
  if (!test) return () => 'unknown';
  return (value, person) => {
    const at = read(value);
    return at === null ? 'unknown' : test(at, person);
  };
}

const remembered = 20_000;

/** Contacts share days, and reading one in a time zone is slow. */
function remembering(read: Read): Read {
  const known = new Map<string, number | null>();
  return (text) => {
    const former = known.get(text);
    if (former !== undefined) return former;
    const at = read(text);
    if (known.size >= remembered) known.clear();
    known.set(text, at);
    return at;
  };
}

function compileTest(operation: DateOperation, read: Read, clock: Clock): InstantTest | null {
  switch (operation.operationType) {
    case 'DATETIME':
      return againstMoment(operation, clock);
    case 'DATE':
      return againstDay(operation, clock);
    case 'RANGED_DATE': {
      const convert = operation.requiresTimeZoneConversion ? asWallTime(clock) : (at: number) => at;
      const [low, high] = [convert(operation.lowerBound), convert(operation.upperBound)];
      const wanted = operation.operator === 'IS_BETWEEN';
      return (at) => of((at >= low && at <= high) === wanted);
    }
    case 'ROLLING_DATE_RANGE':
      return within(rollingRange(operation, clock));
    case 'CALENDAR_DATE': {
      const range = calendarRange(operation, clock);
      return range && within(range);
    }
    case 'COMPARATIVE_DATE':
      return againstOther(operation, read);
    case 'TIME_POINT':
      return againstPoint(operation, read, clock);
    case 'TIME_RANGED':
      return betweenPoints(operation, read, clock);
    default:
      return null;
  }
}

function within([low, end]: [number, number]): InstantTest {
  return (at) => of(at >= low && at < end);
}

function againstMoment(operation: OperationOf<'DATETIME'>, clock: Clock): InstantTest {
  const { timestamp } = operation;
  const moment = operation.requiresTimeZoneConversion ? asWallTime(clock)(timestamp) : timestamp;
  const start = dayStart(moment, clock.timeZone);
  const end = dayStart(moment, clock.timeZone, 1);
  switch (operation.operator) {
    case 'IS_EQUAL_TO':
      // Whether the same day is enough is not documented.
      return (at) => (at === moment ? 'yes' : at < start || at >= end ? 'no' : 'unknown');
    case 'IS_BEFORE':
      return (at) => of(at < moment);
    case 'IS_AFTER':
      return (at) => of(at > moment);
    case 'IS_BEFORE_DATE':
      return (at) => of(at < start);
    case 'IS_AFTER_DATE':
      return (at) => of(at >= end);
  }
}

/** Before a day is before it begins, after it is once it has ended. */
function againstDay(operation: OperationOf<'DATE'>, clock: Clock): InstantTest | null {
  const month = months.indexOf(operation.month.toUpperCase()) + 1;
  if (month === 0) return null;
  const { year, day } = operation;
  const start = instantOf({ year, month, day }, clock.timeZone);
  const end = instantOf({ year, month, day: day + 1 }, clock.timeZone);
  switch (operation.operator) {
    case 'IS_EQUAL_TO':
      return (at) => of(at >= start && at < end);
    case 'IS_BEFORE':
    case 'IS_BEFORE_DATE':
      return (at) => of(at < start);
    case 'IS_AFTER':
    case 'IS_AFTER_DATE':
      return (at) => of(at >= end);
  }
}

function againstOther(operation: OperationOf<'COMPARATIVE_DATE'>, read: Read): InstantTest {
  const { comparisonPropertyName, defaultComparisonValue } = operation;
  return (at, person) => {
    const text = person.values[comparisonPropertyName];
    if (text === undefined) return 'unknown';
    const wanted = text || defaultComparisonValue;
    if (!wanted) return withoutOther(operation);
    const other = read(wanted);
    if (other === null) return 'unknown';
    return of(operation.operator === 'IS_BEFORE' ? at < other : at > other);
  };
}

/** Points that rest on no property are the same for everybody. */
function compilePoint(point: TimePoint, read: Read, clock: Clock): (person: Person) => PointReading {
  if (point.timeType === 'PROPERTY_REFERENCED') {
    return (person) => {
      const text = point.referenceType === 'VALUE' ? person.values[point.property] : undefined;
      if (text === undefined) return 'unread';
      return text === null || text === '' ? 'blank' : (read(text) ?? 'unread');
    };
  }
  const at = pointInstant(point, clock) ?? 'unread';
  return () => at;
}

function againstPoint(operation: OperationOf<'TIME_POINT'>, read: Read, clock: Clock): InstantTest {
  const pointOf = compilePoint(operation.timePoint, read, clock);
  const isBefore = operation.operator === 'IS_BEFORE';
  const atPoint = of(operation.endpointBehavior === 'INCLUSIVE');
  return (at, person) => {
    const point = pointOf(person);
    if (typeof point === 'string') return point === 'blank' ? withoutOther(operation) : 'unknown';
    if (at === point) return atPoint;
    return of(isBefore ? at < point : at > point);
  };
}

function betweenPoints(operation: OperationOf<'TIME_RANGED'>, read: Read, clock: Clock): InstantTest {
  const lowOf = compilePoint(operation.lowerBoundTimePoint, read, clock);
  const highOf = compilePoint(operation.upperBoundTimePoint, read, clock);
  const withLow = operation.lowerBoundEndpointBehavior === 'INCLUSIVE';
  const withHigh = operation.upperBoundEndpointBehavior === 'INCLUSIVE';
  const wanted = operation.operator === 'IS_BETWEEN';
  return (at, person) => {
    const low = lowOf(person);
    const high = highOf(person);
    if (low === 'unread' || high === 'unread') return 'unknown';
    if (low === 'blank' || high === 'blank') return withoutOther(operation);
    const above = withLow ? at >= low : at > low;
    const below = withHigh ? at <= high : at < high;
    return of((above && below) === wanted);
  };
}
