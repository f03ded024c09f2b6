import { describe, expect, test } from 'vitest';
import { civilOf, dayStart, instantOf, monthsLater } from './zoned-time.ts';

const at = (text: string) => Date.parse(text);

describe('wall clocks', () => {
  test('of an hour that comes twice the first one counts', () => {
    expect(instantOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, 'Europe/Berlin')).toBe(
      at('2026-10-25T00:30:00Z'),
    );
  });

  test('an hour that is skipped counts on from the old time', () => {
    const instant = instantOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, 'Europe/Berlin');
    expect(instant).toBe(at('2026-03-29T01:30:00Z'));
    expect(civilOf(instant, 'Europe/Berlin')).toMatchObject({ hour: 3, minute: 30 });
  });

  test('a day without midnight begins at its first moment', () => {
    // In Santiago the clocks go from 24:00 to 01:00.
    expect(dayStart(at('2026-09-06T15:00:00Z'), 'America/Santiago')).toBe(at('2026-09-06T04:00:00Z'));
  });

  test('a zone ahead by quarters of an hour', () => {
    expect(instantOf({ year: 2026, month: 11, day: 12 }, 'Asia/Kathmandu')).toBe(at('2026-11-11T18:15:00Z'));
  });

  test('an unknown zone is an error', () => {
    expect(() => civilOf(0, 'Europe/Nowhere')).toThrow(RangeError);
  });
});

test('a month later than the 31st is the last day of a shorter month', () => {
  const civil = { year: 2027, month: 10, day: 31, hour: 9, minute: 0, second: 0, millisecond: 0 };
  expect(monthsLater(civil, 4)).toMatchObject({ year: 2028, month: 2, day: 29, hour: 9 });
  expect(monthsLater(civil, -11)).toMatchObject({ year: 2026, month: 11, day: 30 });
});
