import { describe, expect, it } from 'vitest';
import { dateLiteralSpan, toMoments } from './date-literals.ts';

/** A Wednesday, half past one at night in Berlin, still Tuesday in New York. */
const NOW = Date.parse('2026-03-11T00:30:00Z');
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const span = (text: string, zone = 'UTC') => {
  const found = dateLiteralSpan(text, NOW, zone);
  return found === null ? null : [day(found.from), day(found.to)];
};

describe('date literals', () => {
  it.each([
    ['TODAY', '2026-03-11', '2026-03-12'],
    ['YESTERDAY', '2026-03-10', '2026-03-11'],
    ['TOMORROW', '2026-03-12', '2026-03-13'],
    ['THIS_WEEK', '2026-03-08', '2026-03-15'],
    ['LAST_WEEK', '2026-03-01', '2026-03-08'],
    ['NEXT_MONTH', '2026-04-01', '2026-05-01'],
    ['THIS_QUARTER', '2026-01-01', '2026-04-01'],
    ['LAST_FISCAL_QUARTER', '2025-10-01', '2026-01-01'],
    ['LAST_YEAR', '2025-01-01', '2026-01-01'],
    ['LAST_90_DAYS', '2025-12-11', '2026-03-12'],
    ['NEXT_90_DAYS', '2026-03-12', '2026-06-10'],
    ['LAST_N_DAYS:3', '2026-03-08', '2026-03-12'],
    ['NEXT_N_DAYS:3', '2026-03-12', '2026-03-15'],
    ['N_DAYS_AGO:3', '2026-03-08', '2026-03-09'],
    ['LAST_N_WEEKS:2', '2026-02-22', '2026-03-08'],
    ['LAST_N_MONTHS:2', '2026-01-01', '2026-03-01'],
    ['N_QUARTERS_AGO:1', '2025-10-01', '2026-01-01'],
    ['NEXT_N_YEARS:2', '2027-01-01', '2029-01-01'],
  ])('%s runs from %s to before %s', (text, from, to) => {
    expect(span(text)).toEqual([from, to]);
  });

  it('follow the zone of the user', () => {
    expect(span('TODAY', 'America/New_York')).toEqual(['2026-03-10', '2026-03-11']);
    const today = dateLiteralSpan('TODAY', NOW, 'America/New_York') ?? { from: 0, to: 0 };
    expect(new Date(toMoments(today, 'America/New_York').from).toISOString()).toBe(
      '2026-03-10T04:00:00.000Z',
    );
  });

  it('know the day on which the clocks change', () => {
    const noon = Date.parse('2026-03-29T12:00:00Z');
    const days = dateLiteralSpan('TODAY', noon, 'Europe/Berlin') ?? { from: 0, to: 0 };
    const moments = toMoments(days, 'Europe/Berlin');
    expect((moments.to - moments.from) / 3_600_000).toBe(23);
  });

  it('are no other words', () => {
    for (const word of ['SOON', 'LAST_N_DAYS', 'LAST_N_DAYS:x', 'N_DAYS:3']) expect(span(word)).toBeNull();
  });
});
