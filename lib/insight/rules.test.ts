import { describe, expect, it } from 'vitest';
import { comparisonOf, freeAgainAt, hoursOf, isOff, type RunFacts, standOf } from './rules.ts';

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, partial: 0 };

describe('calls of the last 24 hours', () => {
  it('has a bar for each hour, also for those without calls, and ends with the hour under way', () => {
    const hours = hoursOf([{ hour: at('12T13:00'), calls: 7 }], at('12T14:20'));
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ hour: '2026-11-11T15:00:00.000Z', calls: 0 });
    expect(hours.slice(-2)).toEqual([
      { hour: '2026-11-12T13:00:00.000Z', calls: 7 },
      { hour: '2026-11-12T14:00:00.000Z', calls: 0 },
    ]);
  });

  it('are free again as soon as enough of the oldest no longer count', () => {
    const calls = [
      { hour: at('12T10:00'), calls: 50 },
      { hour: at('12T08:00'), calls: 10 },
      { hour: at('12T09:00'), calls: 40 },
    ];
    expect(freeAgainAt(calls, 100)).toEqual(at('13T08:00'));
    expect(freeAgainAt(calls, 90)).toEqual(at('13T09:00'));
    expect(freeAgainAt(calls, 101)).toBeNull();
    expect(freeAgainAt(calls, null)).toBeNull();
  });
});

describe('how people stand', () => {
  it('does not count somebody of whom a field failed as agreeing', () => {
    const stand = standOf({ ...counts, created: 2, updated: 3, unchanged: 5, failed: 1, partial: 2 });
    expect(stand).toEqual({ agreed: 8, written: 5, errors: 3 });
  });
});

describe('forecast and actual', () => {
  const facts: RunFacts = {
    forecast: { contacts: 100, newRecords: 10, updates: 20, salesforceCalls: 9 },
    counts: { ...counts, created: 10, updated: 20 },
    people: 100,
    salesforceCalls: 9,
    morePasses: 0,
    troubles: 0,
  };
  const reasons = (changed: Partial<RunFacts>, id: string) =>
    comparisonOf({ ...facts, ...changed })
      .find((line) => line.id === id)
      ?.because.map(({ reason, count }) => [reason, count]);

  it('has no reasons where they are equal, and nothing without a forecast', () => {
    expect(comparisonOf(facts).flatMap(({ because }) => because)).toEqual([]);
    expect(comparisonOf({ ...facts, forecast: null })).toEqual([]);
  });

  it('counts its reasons, and says so where there are none', () => {
    expect(reasons({ people: 105 }, 'people')).toEqual([['joined', 5]]);
    expect(reasons({ people: 98 }, 'people')).toEqual([['left', 2]]);
    expect(reasons({ salesforceCalls: 14, troubles: 3, morePasses: 1 }, 'salesforceCalls')).toEqual([
      ['retries', 3],
      ['passes', 1],
    ]);
    expect(reasons({ salesforceCalls: 14 }, 'salesforceCalls')).toEqual([['not_explained', 0]]);
    expect(reasons({ counts: { ...counts, created: 7, updated: 20, failed: 3 } }, 'created')).toEqual([
      ['refused', 3],
    ]);
  });

  it('is off only above a quarter and above 20 calls', () => {
    expect([isOff(10, 25), isOff(100, 120), isOff(100, 126), isOff(1_000, 1_200)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});
