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

/** The wall clock of an instant. Throws RangeError for an unknown zone. */
export function civilOf(instant: number, timeZone: string): Required<Civil> {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: get('hour'),
    minute: get('minute'),
    second: get('second'),
    millisecond: ((instant % 1000) + 1000) % 1000,
  };
}

function asUtc(civil: Civil): number {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = civil;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/** The instant of a wall clock in a zone; fields may overflow, as in `Date.UTC`. */
export function instantOf(civil: Civil, timeZone: string): number {
  const wanted = asUtc(civil);
  const offsetAt = (instant: number) => asUtc(civilOf(instant, timeZone)) - instant;
  const first = wanted - offsetAt(wanted);
  return wanted - offsetAt(first);
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
