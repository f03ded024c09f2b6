import { localMidnight, zoneOffset } from '../records/dates.ts';

/** A span of local days as UTC midnights of calendar dates: from the first to before the second. */
export interface DaySpan {
  from: number;
  to: number;
}

const DAY = 24 * 60 * 60 * 1000;
type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

function startOf(unit: Unit, day: number): number {
  const date = new Date(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (unit === 'DAY') return day;
  if (unit === 'WEEK') return day - date.getUTCDay() * DAY;
  if (unit === 'MONTH') return Date.UTC(year, month, 1);
  if (unit === 'QUARTER') return Date.UTC(year, month - (month % 3), 1);
  return Date.UTC(year, 0, 1);
}

function move(unit: Unit, day: number, count: number): number {
  if (unit === 'DAY') return day + count * DAY;
  if (unit === 'WEEK') return day + count * 7 * DAY;
  const date = new Date(day);
  const months = unit === 'MONTH' ? count : unit === 'QUARTER' ? count * 3 : count * 12;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
}

function span(unit: Unit, day: number, first: number, last: number): DaySpan {
  const start = startOf(unit, day);
  return { from: move(unit, start, first), to: move(unit, start, last + 1) };
}

/** The local days a date literal stands for, or null for a word that is none. Fiscal periods are calendar ones. */
export function dateLiteralSpan(text: string, nowMs: number, timeZone: string): DaySpan | null {
  const local = nowMs + zoneOffset(nowMs, timeZone);
  const today = Math.floor(local / DAY) * DAY;
  const [word = '', countText] = text.toUpperCase().replace('FISCAL_', '').split(':');
  if (countText === undefined) return plainSpan(word, today);
  const count = Number(countText);
  const match =
    /^(?:(NEXT|LAST)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(word);
  if (match === null || !Number.isInteger(count)) return null;
  const unit = (match[2] ?? match[3]) as Unit;
  if (match[1] === 'NEXT') return span(unit, today, 1, count);
  if (match[1] === 'LAST') {
    return unit === 'DAY' ? span(unit, today, -count, 0) : span(unit, today, -count, -1);
  }
  return span(unit, today, -count, -count);
}

function plainSpan(word: string, today: number): DaySpan | null {
  if (word === 'TODAY') return span('DAY', today, 0, 0);
  if (word === 'YESTERDAY') return span('DAY', today, -1, -1);
  if (word === 'TOMORROW') return span('DAY', today, 1, 1);
  if (word === 'LAST_90_DAYS') return span('DAY', today, -90, 0);
  if (word === 'NEXT_90_DAYS') return span('DAY', today, 1, 90);
  const match = /^(THIS|LAST|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  if (match === null) return null;
  const shift = match[1] === 'THIS' ? 0 : match[1] === 'LAST' ? -1 : 1;
  return span(match[2] as Unit, today, shift, shift);
}

/** The same span as moments: the local midnights at its two ends. */
export function toMoments(days: DaySpan, timeZone: string): DaySpan {
  return { from: localMidnight(days.from, timeZone), to: localMidnight(days.to, timeZone) };
}
