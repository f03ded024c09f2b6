import { MONTHS, type OffsetUnit, type TimePoint } from './filter-types.ts';
import { fromWall, toWall, type Wall } from './zone.ts';

export interface TimeContext {
  now: number;
  /** Time zone of the account. */
  zone: string;
  /** A property's value or the time of its last change, in ms. */
  read(property: string, what: 'VALUE' | 'UPDATED_AT'): number | undefined;
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** The moment that a time point names; undefined when it rests on a property without a value. */
export function resolveTimePoint(point: TimePoint, context: TimeContext): number | undefined {
  // `zoneId` is required by the contract; only a point whose zone is the portal's moves with the portal.
  const zone = point.timezoneSource === 'PORTAL' ? context.zone : (point.zoneId ?? context.zone);
  if (point.timeType === 'DATE') {
    const { year = 1970, month = 1, day = 1, hour, minute, second, millisecond } = point;
    return fromWall(zone, { year, month, day, hour, minute, second, millisecond });
  }
  const base =
    point.timeType === 'PROPERTY_REFERENCED'
      ? referenced(point, zone, context)
      : indexed(point, zone, context.now);
  return base === undefined ? undefined : shift(zone, base, point.offset ?? {});
}

function referenced(point: TimePoint, zone: string, context: TimeContext): number | undefined {
  const what = point.referenceType === 'UPDATED_AT' ? 'UPDATED_AT' : 'VALUE';
  const value = context.read(point.property ?? '', what);
  if (value === undefined || point.referenceType !== 'ANNIVERSARY') return value;
  return fromWall(zone, { ...toWall(zone, value), year: toWall(zone, context.now).year });
}

function indexed(point: TimePoint, zone: string, now: number): number {
  const reference = point.indexReference ?? { referenceType: 'NOW' };
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = reference;
  const time = { hour, minute, second, millisecond };
  const today = toWall(zone, now);
  const { year, month } = today;
  switch (reference.referenceType) {
    case 'NOW':
      return reference.hour === undefined ? now : fromWall(zone, { ...today, ...time });
    case 'TODAY':
      return fromWall(zone, { ...today, ...time });
    case 'WEEK': {
      const weekday = (new Date(Date.UTC(year, month - 1, today.day)).getUTCDay() + 6) % 7;
      const wanted = Math.max(0, WEEKDAYS.indexOf(reference.dayOfWeek ?? 'MONDAY'));
      return fromWall(zone, { year, month, day: today.day - weekday + wanted, ...time });
    }
    case 'MONTH':
      return fromWall(zone, { year, month, day: reference.day ?? 1, ...time });
    case 'QUARTER':
    case 'FISCAL_QUARTER': {
      const first = month - ((month - 1) % 3);
      return fromWall(zone, {
        year,
        month: first + (reference.month ?? 1) - 1,
        day: reference.day ?? 1,
        ...time,
      });
    }
    default:
      return fromWall(zone, { year, month: reference.month ?? 1, day: reference.day ?? 1, ...time });
  }
}

/** Days and longer move the wall clock, hours and shorter the moment itself. */
function shift(zone: string, ms: number, offset: Partial<Record<OffsetUnit, number>>): number {
  const by = (unit: OffsetUnit) => offset[unit] ?? 0;
  const wall: Wall = toWall(zone, ms);
  const months = by('years') * 12 + by('quarters') * 3 + by('months');
  const days = by('weeks') * 7 + by('days');
  let moved = ms;
  if (months !== 0 || days !== 0) {
    const target = new Date(Date.UTC(wall.year, wall.month - 1 + months, 1));
    const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
    const day = Math.min(wall.day, last) + days;
    moved = fromWall(zone, { ...wall, year: target.getUTCFullYear(), month: target.getUTCMonth() + 1, day });
  }
  return (
    moved + by('hours') * 3_600_000 + by('minutes') * 60_000 + by('seconds') * 1_000 + by('milliseconds')
  );
}

/** 1 to 12, or 0 for a name that is no month. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name.toUpperCase()) + 1;
}
