import type { OperationOf, TimePoint } from '../filter/operations.ts';
import {
  type Civil,
  civilOf,
  dayStart,
  instantOf,
  isTimeZone,
  monthsLater,
  weekdayOf,
} from '../zoned-time.ts';

/** The clock that a filter is evaluated against: the database's time and the account's zone. */
export type Clock = { now: Date; timeZone: string };
/** The instant a time point names; `unread`: only HubSpot knows it. */
export type PointReading = number | 'blank' | 'unread';

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/**
 * A date property as an instant: `YYYY-MM-DD` is the start of that day in the zone, so that days compare as
 * days; ISO 8601 and epoch milliseconds are themselves. Null if it is no date.
 */
export function readInstant(value: string, timeZone: string): number | null {
  const text = value.trim();
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) return instantOf({ year: Number(day[1]), month: Number(day[2]), day: Number(day[3]) }, timeZone);
  if (/^-?\d+$/.test(text)) return Number(text);
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

/** A time written as if the account's wall clock were UTC. */
export function asWallTime({ timeZone }: Clock): (instant: number) => number {
  return (instant) => instantOf(civilOf(instant, 'UTC'), timeZone);
}

/**
 * The instant a time point names; null where it rests on a property, or only HubSpot knows it. A point that
 * follows the account does so by `timezoneSource`; every other one is in its own zone.
 */
export function pointInstant(point: TimePoint, clock: Clock): number | null {
  const zone = point.timezoneSource === 'PORTAL' ? clock.timeZone : point.zoneId;
  if (point.timeType === 'PROPERTY_REFERENCED' || !isTimeZone(zone)) return null;
  if (point.timeType === 'DATE') return instantOf(point, zone);
  const base = referenceInstant(point, zone, clock);
  return base === null ? null : shifted(base, zone, point.offset ?? {});
}

/** Days and longer move the wall clock, the end of a shorter month holding; hours move the moment itself. */
function shifted(base: number, zone: string, offset: NonNullable<Indexed['offset']>): number {
  const months = 12 * (offset.years ?? 0) + 3 * (offset.quarters ?? 0) + (offset.months ?? 0);
  const days = 7 * (offset.weeks ?? 0) + (offset.days ?? 0);
  let moved = base;
  if (months !== 0 || days !== 0) {
    const civil = monthsLater(civilOf(base, zone), months);
    moved = instantOf({ ...civil, day: civil.day + days }, zone);
  }
  const { hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = offset;
  return moved + 3_600_000 * hours + 60_000 * minutes + 1_000 * seconds + milliseconds;
}

type Indexed = Extract<TimePoint, { timeType: 'INDEXED' }>;

/** NOW is the instant itself, unless a time of day is named; the others begin at their first day. */
function referenceInstant(point: Indexed, zone: string, clock: Clock): number | null {
  const reference = point.indexReference;
  const now = civilOf(clock.now.getTime(), zone);
  const at = (civil: Civil) => instantOf(civil, zone);
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = reference;
  const time = { hour, minute, second, millisecond };
  const { year, month, day } = now;
  switch (reference.referenceType) {
    case 'NOW':
      return reference.hour === undefined ? clock.now.getTime() : at({ year, month, day, ...time });
    case 'TODAY':
      return at({ year, month, day, ...time });
    case 'WEEK': {
      const wanted = weekdays.indexOf(reference.dayOfWeek ?? 'MONDAY');
      return wanted < 0 ? null : at({ year, month, day: day - weekdayOf(now) + wanted, ...time });
    }
    case 'MONTH':
      return at({ year, month, day: reference.day ?? 1, ...time });
    case 'QUARTER': {
      const first = month - ((month - 1) % 3);
      return at({ year, month: first + (reference.month ?? 1) - 1, day: reference.day ?? 1, ...time });
    }
    case 'YEAR':
      return at({ year, month: reference.month ?? 1, day: reference.day ?? 1, ...time });
    default:
      return null;
  }
}

/** First instant and first instant after, of the calendar units an operation names; null for fiscal years. */
export function calendarRange(
  operation: OperationOf<'CALENDAR_DATE'>,
  clock: Clock,
): [number, number] | null {
  if (operation.useFiscalYear) return null;
  const count = operation.timeUnitCount ?? 1;
  const start = (units: number) => unitStart(operation.timeUnit, units, clock);
  switch (operation.operator) {
    case 'IN_THIS_TIME_UNIT':
      return [start(0), start(1)];
    case 'IN_THIS_TIME_UNIT_SO_FAR':
      return [start(0), clock.now.getTime() + 1];
    case 'IN_LAST_TIME_UNIT':
      return [start(-count), start(0)];
    case 'IN_NEXT_TIME_UNIT':
      return [start(1), start(count + 1)];
  }
}

function unitStart(unit: OperationOf<'CALENDAR_DATE'>['timeUnit'], units: number, clock: Clock): number {
  const now = civilOf(clock.now.getTime(), clock.timeZone);
  const { year, month, day } = now;
  const at = (civil: Civil) => instantOf(civil, clock.timeZone);
  switch (unit) {
    case 'DAY':
      return at({ year, month, day: day + units });
    case 'WEEK':
      return at({ year, month, day: day - weekdayOf(now) + 7 * units });
    case 'MONTH':
      return at({ year, month: month + units, day: 1 });
    case 'QUARTER':
      return at({ year, month: month - ((month - 1) % 3) + 3 * units, day: 1 });
    case 'YEAR':
      return at({ year: year + units, month: 1, day: 1 });
  }
}

/** Bounds of the rolling ranges: days count from midnight, as HubSpot writes "less than 3 days ago". */
export function rollingRange(operation: OperationOf<'ROLLING_DATE_RANGE'>, clock: Clock): [number, number] {
  const now = clock.now.getTime();
  const day = (days: number) => dayStart(now, clock.timeZone, days);
  const { numberOfDays } = operation;
  switch (operation.operator) {
    case 'IS_LESS_THAN_X_DAYS_AGO':
      return [day(-numberOfDays), now + 1];
    case 'IS_MORE_THAN_X_DAYS_AGO':
      return [Number.NEGATIVE_INFINITY, day(-numberOfDays)];
    case 'IS_LESS_THAN_X_DAYS_FROM_NOW':
      return [now, day(numberOfDays) + 1];
    case 'IS_MORE_THAN_X_DAYS_FROM_NOW':
      return [day(numberOfDays) + 1, Number.POSITIVE_INFINITY];
  }
}
