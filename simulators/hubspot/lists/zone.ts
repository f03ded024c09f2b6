/** Arithmetic with the wall clock of a time zone. */
export interface Wall {
  year: number;
  /** 1 to 12; values beyond roll over. */
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formatters.set(zone, created);
  return created;
}

const offsets = new Map<string, number>();
const QUARTER_HOUR = 900_000;

/** How far the zone is ahead of UTC at this moment, in ms. Throws a RangeError for an unknown zone. */
export function offsetAt(zone: string, ms: number): number {
  const slot = Math.floor(ms / QUARTER_HOUR);
  const key = `${zone}${slot}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(slot * QUARTER_HOUR))
    parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - slot * QUARTER_HOUR;
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The moment at which the zone's clocks show this. In a gap the time after it, in an overlap the first. */
export function fromWall(zone: string, wall: Wall): number {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = wall;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const first = asUtc - offsetAt(zone, asUtc - 86_400_000);
  if (first + offsetAt(zone, first) === asUtc) return first;
  const second_ = asUtc - offsetAt(zone, asUtc + 86_400_000);
  return second_ + offsetAt(zone, second_) === asUtc ? second_ : first;
}

/** What the zone's clocks show at this moment. */
export function toWall(zone: string, ms: number): Required<Wall> {
  const shown = new Date(ms + offsetAt(zone, ms));
  return {
    ...{ year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() },
    ...{ hour: shown.getUTCHours(), minute: shown.getUTCMinutes(), second: shown.getUTCSeconds() },
    millisecond: shown.getUTCMilliseconds(),
  };
}

/** Midnight of the day that is `days` days from the day of this moment. */
export function dayStart(zone: string, ms: number, days = 0): number {
  const { year, month, day } = toWall(zone, ms);
  return fromWall(zone, { year, month, day: day + days });
}

export type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/**
 * The start of the unit that holds this moment, moved by `count` units. Weeks begin on Monday; quarters and years on
 * the first of `firstMonth` (1 for the calendar's).
 */
export function unitStart(zone: string, ms: number, unit: Unit, count = 0, firstMonth = 1): number {
  const { year, month, day } = toWall(zone, ms);
  switch (unit) {
    case 'DAY':
      return fromWall(zone, { year, month, day: day + count });
    case 'WEEK': {
      const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
      return fromWall(zone, { year, month, day: day - weekday + 7 * count });
    }
    case 'MONTH':
      return fromWall(zone, { year, month: month + count, day: 1 });
    case 'QUARTER': {
      const into = (month - firstMonth + 12) % 3;
      return fromWall(zone, { year, month: month - into + 3 * count, day: 1 });
    }
    default: {
      const into = (month - firstMonth + 12) % 12;
      return fromWall(zone, { year, month: month - into + 12 * count, day: 1 });
    }
  }
}
