import { describe, expect, it } from 'vitest';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import {
  accuracyOf,
  dailyCalls,
  minutesFor,
  phaseOf,
  propertyMet,
  propertyMissed,
  tagOfStart,
  wouldHold,
} from './switch-rules.ts';

const at = new Date('2026-11-12T14:02:00Z');
const later = new Date('2026-11-12T14:03:00Z');
const clock = { now: at, timeZone: 'Europe/Berlin' };

const isAnyOf = (property: string, ...values: string[]) => ({
  filterType: 'PROPERTY',
  property,
  operation: {
    operationType: 'ENUMERATION',
    operator: 'IS_ANY_OF',
    values,
    includeObjectsWithNoValueSet: false,
  },
});
const groups = (...filters: ReturnType<typeof isAnyOf>[][]): FilterBranch => ({
  filterBranchType: 'OR',
  filters: [],
  filterBranches: filters.map((each) => ({ filterBranchType: 'AND', filterBranches: [], filters: each })),
});
const person = (values: Record<string, string | null>) => ({ values, lists: null });

describe('where a change stands', () => {
  const change = { inForceAt: later, endedAt: null, settledAt: null };
  it.each([
    ['waiting', change, false, at],
    ['waiting', { ...change, settledAt: at }, false, at],
    ['uncounted', change, false, later],
    ['held', change, true, at],
    ['held', change, true, later],
    ['inForce', { ...change, settledAt: at }, false, later],
    ['ended', { ...change, endedAt: at }, false, later],
  ] as const)('%s', (phase, row, isHeld, now) => {
    expect(phaseOf(row, isHeld, now)).toBe(phase);
  });
});

describe('the criterion that decides', () => {
  const older = groups([isAnyOf('stage', 'customer'), isAnyOf('country', 'US')]);
  const newer = groups([isAnyOf('stage', 'customer'), isAnyOf('country', 'US', 'CA')]);

  it('is for who starts the one that kept them out before', () => {
    expect(propertyMet(newer, older, person({ stage: 'customer', country: 'CA' }), clock)).toBe('country');
  });
  it('is the first of a group that is met where everything was met before, or nothing was asked', () => {
    expect(propertyMet(newer, null, person({ stage: 'customer', country: 'CA' }), clock)).toBe('stage');
  });
  it('is nothing where the criteria are not met by what was read', () => {
    expect(propertyMet(newer, older, person({ stage: 'lead', country: 'CA' }), clock)).toBeNull();
  });
  it('is for who stops the first one missed in the nearest group', () => {
    const two = groups([isAnyOf('stage', 'lead'), isAnyOf('country', 'DE')], [isAnyOf('country', 'US')]);
    expect(propertyMissed(two, person({ stage: 'customer', country: 'CA' }), clock)).toBe('country');
    expect(propertyMissed(newer, person({ stage: null, country: 'CA' }), clock)).toBe('stage');
  });
});

describe('forecasts', () => {
  const run = { salesforceCalls: 30, hubspotCalls: 120, seconds: 60 };
  it('take as long as the slower side, by the last runs; fewer than three say nothing', () => {
    expect(minutesFor({ salesforce: 60, hubspot: 120 }, [run, run, run])).toBe(2);
    expect(minutesFor({ salesforce: 0, hubspot: 360 }, [run, run, run])).toBe(3);
    expect(minutesFor({ salesforce: 60, hubspot: 120 }, [run, run])).toBeNull();
  });
  it('grow with the members day by day, the polls do not', () => {
    const input = { salesforce: 1_400, hubspot: 2_800, days: 14, membersBefore: 100, pollsADay: 96 };
    expect(dailyCalls({ ...input, members: 110 })).toEqual({ salesforce: 302, difference: 10, hubspot: 412 });
    expect(dailyCalls({ ...input, members: 0 })).toEqual({ salesforce: 192, difference: -100, hubspot: 192 });
  });
  it('were as good as the worst of them', () => {
    expect(accuracyOf([])).toBeNull();
    expect(
      accuracyOf([
        { forecast: 10, actual: 10 },
        { forecast: 46, actual: 50 },
      ]),
    ).toEqual({ runs: 2, percent: 8 });
  });
  it('say that writing would stop above the share, and never below a hundred people', () => {
    expect(wouldHold(100, 120, 20)).toBe(false);
    expect(wouldHold(101, 120, 20)).toBe(true);
    expect(wouldHold(200, 1_000, 20)).toBe(false);
  });
});

describe('what somebody who starts becomes', () => {
  const lead = { object: 'LEAD', isFree: true } as const;
  const contact = { object: 'CONTACT', isFree: true } as const;
  const taken = { object: 'LEAD', isFree: false } as const;

  it('is what was found, a Contact before a Lead', () => {
    expect(tagOfStart([lead], null)).toBe('lead_found');
    expect(tagOfStart([lead, contact], 'lead')).toBe('contact_found');
    expect(tagOfStart([taken, lead], 'lead')).toBe('lead_found');
  });
  it('is new only where every record is known and none has the address', () => {
    expect(tagOfStart([], 'lead')).toBe('new_lead');
    expect(tagOfStart([], 'contact')).toBe('new_contact');
    expect(tagOfStart([], null)).toBe('decided_at_sync');
    expect(tagOfStart([taken], 'lead')).toBe('decided_at_sync');
  });
});
