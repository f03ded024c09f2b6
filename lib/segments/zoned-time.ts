/** Calendar arithmetic in a time zone, without a clock of its own. */

export type Civil = {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

const slotMs = 900_000;
const offsets = new Map<string, Map<number, number>>();

/** How far a zone is ahead of UTC, in ms. Zones change their offset on a quarter of an hour. */
function offsetAt(instant: number, timeZone: string): number {
  const ofZone = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, ofZone);
  const slot = Math.floor(instant / slotMs);
  const known = ofZone.get(slot);
  if (known !== undefined) return known;
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(slot * slotMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  const offset = shown - slot * slotMs;
  if (ofZone.size > 20_000) ofZone.clear();
  ofZone.set(slot, offset);
  return offset;
}

/** The wall clock of an instant. Throws RangeError for an unknown zone. */
export function civilOf(instant: number, timeZone: string): Required<Civil> {
  const shown = new Date(instant + offsetAt(instant, timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    millisecond: shown.getUTCMilliseconds(),
  };
}

function asUtc(civil: Civil): number {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = civil;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/**
 * The instant of a wall clock in a zone; fields may overflow, as in `Date.UTC`. Of an hour that comes twice
 * the first one; an hour that is skipped counts on from the old time.
 */
export function instantOf(civil: Civil, timeZone: string): number {
  const wanted = asUtc(civil);
  const before = offsetAt(wanted - 86_400_000, timeZone);
  const after = offsetAt(wanted + 86_400_000, timeZone);
  const early = wanted - before;
  if (before === after || offsetAt(early, timeZone) === before) return early;
  const late = wanted - after;
  return offsetAt(late, timeZone) === after ? late : early;
}

/** The same day so many months later, or the last day of a month that is too short for it. */
export function monthsLater(civil: Required<Civil>, months: number): Required<Civil> {
  const first = new Date(Date.UTC(civil.year, civil.month - 1 + months, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { ...civil, year, month, day: Math.min(civil.day, last) };
}

/** Midnight of the day that is `days` from the one of `instant`. */
export function dayStart(instant: number, timeZone: string, days = 0): number {
  const { year, month, day } = civilOf(instant, timeZone);
  return instantOf({ year, month, day: day + days }, timeZone);
}

/** 0 is Monday. */
export function weekdayOf(civil: Civil): number {
  return (new Date(asUtc(civil)).getUTCDay() + 6) % 7;
}

export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return true;
  } catch {
    return false;
  }
}
