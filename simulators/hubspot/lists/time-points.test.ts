import { describe, expect, it } from 'vitest';
import { resolveTimePoint, type TimeContext } from './time-points.ts';

const context: TimeContext = {
  now: Date.parse('2026-11-22T10:20:00Z'),
  zone: 'Europe/Berlin',
  read: () => undefined,
};
const newYork = { timeType: 'DATE', year: 2026, month: 11, day: 12, zoneId: 'America/New_York' };

describe('the zone of a time point', () => {
  it('is the one it names', () => {
    const midnight = Date.parse('2026-11-12T05:00:00Z');
    expect(resolveTimePoint(newYork, context)).toBe(midnight);
    expect(resolveTimePoint({ ...newYork, timezoneSource: 'CUSTOM' }, context)).toBe(midnight);
  });

  it('is the account’s where it follows that', () => {
    const point = { ...newYork, timezoneSource: 'PORTAL' };
    expect(resolveTimePoint(point, context)).toBe(Date.parse('2026-11-11T23:00:00Z'));
  });
});
