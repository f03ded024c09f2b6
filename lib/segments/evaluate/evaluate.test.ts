import { describe, expect, test } from 'vitest';
import { type Condition, writeCondition } from '../filter/condition.ts';
import { branchExamples, otherExamples, propertyExamples, rootOf } from '../filter/examples.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { evaluate, evaluateFilter, explain, needs, type Verdict } from './evaluate.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };
const verdictOf = (filter: Filter, value: string) =>
  evaluateFilter(filter, { values: { p: value }, lists: null }, clock);
const condition = (operator: Condition['operator'], values: string[]): Filter =>
  writeCondition({ property: 'p', operator, values, includeBlank: false }, 'Europe/Berlin');

describe('dates as the editor writes them', () => {
  const cases: [Condition['operator'], string[], Record<string, Verdict>][] = [
    [
      'dayIs',
      ['2026-11-12'],
      { '2026-11-12': 'yes', '2026-11-12T22:59:59Z': 'yes', '2026-11-12T23:00:00Z': 'no' },
    ],
    ['dayBefore', ['2026-11-12'], { '2026-11-11': 'yes', '2026-11-12': 'no' }],
    ['dayAfter', ['2026-11-12'], { '2026-11-13': 'yes', '2026-11-12T20:00:00Z': 'no' }],
    [
      'dayBetween',
      ['2026-11-10', '2026-11-12'],
      { '2026-11-10': 'yes', '2026-11-12': 'yes', '2026-11-13': 'no' },
    ],
    ['agoMore', ['90'], { '2026-08-23': 'yes', '2026-08-24': 'no' }],
    ['agoLess', ['90'], { '2026-08-24': 'yes', '2026-08-23': 'no', '2026-11-23': 'no' }],
    // The night in which Berlin's clocks go back has 25 hours.
    [
      'dayIs',
      ['2026-10-25'],
      { '2026-10-24T22:00:00Z': 'yes', '2026-10-25T22:59:59Z': 'yes', '2026-10-25T23:00:00Z': 'no' },
    ],
  ];
  test.each(cases)('%s %j', (operator, values, expected) => {
    for (const [value, verdict] of Object.entries(expected)) {
      expect([value, verdictOf(condition(operator, values), value)]).toEqual([value, verdict]);
    }
  });
});

describe('groups', () => {
  const customer = condition('choiceAny', ['customer']);
  const person = (p: string | null, lists: string[] = []) => ({ values: { p }, lists: new Set(lists) });

  test('groups are OR, filters in them AND', () => {
    const branch = rootOf([customer, otherExamples.inList as Filter], [condition('choiceAny', ['lead'])]);
    expect(evaluate(branch, person('customer', ['12']), clock)).toBe('yes');
    expect(evaluate(branch, person('customer'), clock)).toBe('no');
    expect(evaluate(branch, person('lead'), clock)).toBe('yes');
    expect(explain(branch, person('customer'), clock)).toEqual([
      { verdict: 'no', parts: ['yes', 'no'] },
      { verdict: 'no', parts: ['no'] },
    ]);
  });

  test('what only HubSpot knows leaves open exactly what hangs on it', () => {
    const form = otherExamples.form as Filter;
    expect(evaluate(rootOf([customer, form]), person('customer'), clock)).toBe('unknown');
    expect(evaluate(rootOf([customer, form]), person('lead'), clock)).toBe('no');
    expect(evaluate(rootOf([form], [customer]), person('customer'), clock)).toBe('yes');
  });

  test('memberships that were not asked for decide nothing', () => {
    const branch = rootOf([otherExamples.notInList as Filter]);
    expect(evaluate(branch, { values: {}, lists: null }, clock)).toBe('unknown');
    expect(evaluate(branch, person(null), clock)).toBe('yes');
  });

  test('no group lets nobody in', () => {
    expect(evaluate(rootOf(), person('customer'), clock)).toBe('no');
  });

  test('it says what has to be read', () => {
    const branch = rootOf([propertyExamples.comparedDate as Filter, otherExamples.inList as Filter]);
    expect(needs(branch)).toEqual({
      properties: ['createdate', 'closedate'],
      lists: true,
      related: {},
      onlyHubSpot: false,
    });
    expect(needs(rootOf([otherExamples.form as Filter])).onlyHubSpot).toBe(true);
    expect(needs(rootOf([propertyExamples.pastChoice as Filter])).onlyHubSpot).toBe(true);
    const nested = rootOf([customer]);
    const group = nested.filterBranches?.[0] as FilterBranch;
    group.filterBranches = [branchExamples.company as FilterBranch];
    expect(needs(nested)).toEqual({
      properties: ['p'],
      lists: false,
      related: { company: ['annualrevenue'] },
      onlyHubSpot: false,
    });
    group.filterBranches = [branchExamples.event as FilterBranch];
    expect(needs(nested).onlyHubSpot).toBe(true);
  });

  test('one company must meet all that is asked of it, by the association that is named', () => {
    const branch = rootOf([]);
    const group = branch.filterBranches?.[0] as FilterBranch;
    group.filterBranches = [branchExamples.company as FilterBranch];
    const company = (annualrevenue: string | null, typeIds = [279, 1]) => ({
      values: { annualrevenue },
      lists: null,
      typeIds,
    });
    const verdict = (companies?: ReturnType<typeof company>[]) =>
      evaluate(branch, { ...person(null), ...(companies ? { related: { company: companies } } : {}) }, clock);
    expect(verdict([company('5'), company('1000000')])).toBe('yes');
    expect(verdict([company('5')])).toBe('no');
    expect(verdict([company('1000000', [342])])).toBe('no');
    expect(verdict([company(null)])).toBe('no');
    expect(verdict([])).toBe('no');
    expect(verdict()).toBe('unknown');
  });
});
