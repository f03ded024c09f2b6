import { describe, expect, test } from 'vitest';
import type { PropertyType } from '../schemas.ts';
import { type ConditionOperator, writeCondition } from './condition.ts';
import { branchExamples, otherExamples, rootOf } from './examples.ts';
import type { Filter, FilterBranch } from './model.ts';
import { fitsSearch, narrowedSearch, toSearch } from './to-search.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };
const midnight = Date.parse('2026-11-11T23:00:00Z');
const utcDay = Date.UTC(2026, 10, 12);
const has = { propertyName: 'p', operator: 'HAS_PROPERTY' };

function said(filter: Filter, type: PropertyType, isPhone = false) {
  const { groups, isExact } = toSearch(rootOf([filter]), () => ({ type, isPhone }), clock);
  return { filters: groups[0], isExact };
}
const written = (operator: ConditionOperator, values: string[], includeBlank = false) =>
  writeCondition({ property: 'p', operator, values, includeBlank }, 'Europe/Berlin');

/** What search says exactly. */
const exact: [ConditionOperator, PropertyType, string[], object[]][] = [
  ['known', 'text', [], [has]],
  ['unknown', 'text', [], [{ propertyName: 'p', operator: 'NOT_HAS_PROPERTY' }]],
  ['choiceAny', 'choice', ['A', 'b'], [{ propertyName: 'p', operator: 'IN', values: ['A', 'b'] }]],
  ['choiceNone', 'owner', ['7'], [{ propertyName: 'p', operator: 'NOT_IN', values: ['7'] }, has]],
  ['textEquals', 'text', ['Berlin'], [{ propertyName: 'p', operator: 'IN', values: ['berlin'] }]],
  ['textNotEquals', 'text', ['Berlin'], [{ propertyName: 'p', operator: 'NOT_IN', values: ['berlin'] }, has]],
  ['numberEquals', 'number', ['5'], [{ propertyName: 'p', operator: 'EQ', value: '5' }]],
  ['numberNotEquals', 'number', ['5'], [{ propertyName: 'p', operator: 'NEQ', value: '5' }, has]],
  ['numberGreater', 'number', ['5'], [{ propertyName: 'p', operator: 'GT', value: '5' }]],
  ['numberGreaterOrEqual', 'number', ['5'], [{ propertyName: 'p', operator: 'GTE', value: '5' }]],
  ['numberLess', 'number', ['5'], [{ propertyName: 'p', operator: 'LT', value: '5' }]],
  ['numberLessOrEqual', 'number', ['5'], [{ propertyName: 'p', operator: 'LTE', value: '5' }]],
  [
    'numberBetween',
    'number',
    ['1', '5'],
    [{ propertyName: 'p', operator: 'BETWEEN', value: '1', highValue: '5' }],
  ],
  ['yes', 'yesNo', [], [{ propertyName: 'p', operator: 'EQ', value: 'true' }]],
  ['no', 'yesNo', [], [{ propertyName: 'p', operator: 'EQ', value: 'false' }]],
  [
    'dayIs',
    'dateTime',
    ['2026-11-12'],
    [
      { propertyName: 'p', operator: 'GTE', value: String(midnight) },
      { propertyName: 'p', operator: 'LTE', value: String(midnight + 86_400_000 - 1) },
    ],
  ],
  [
    'dayIs',
    'date',
    ['2026-11-12'],
    [
      { propertyName: 'p', operator: 'GTE', value: String(utcDay) },
      { propertyName: 'p', operator: 'LTE', value: String(utcDay) },
    ],
  ],
  [
    'dayBefore',
    'date',
    ['2026-11-12'],
    [{ propertyName: 'p', operator: 'LTE', value: String(utcDay - 86_400_000) }],
  ],
  [
    'dayAfter',
    'date',
    ['2026-11-12'],
    [{ propertyName: 'p', operator: 'GTE', value: String(utcDay + 86_400_000) }],
  ],
  [
    'dayBefore',
    'dateTime',
    ['2026-11-12'],
    [{ propertyName: 'p', operator: 'LTE', value: String(midnight - 1) }],
  ],
  [
    'agoLess',
    'date',
    ['10'],
    [
      { propertyName: 'p', operator: 'GTE', value: String(utcDay) },
      { propertyName: 'p', operator: 'LTE', value: String(Date.UTC(2026, 10, 22)) },
    ],
  ],
];

describe('what search says exactly', () => {
  test.each(exact)('%s of %s', (operator, type, values, filters) => {
    expect(said(written(operator, values), type)).toEqual({ filters, isExact: true });
  });
});

describe('what search cannot say', () => {
  const narrowed: [string, Filter, PropertyType, boolean][] = [
    ['a part of a text', written('textContains', ['lin']), 'text', false],
    ['no part of a text', written('textNotContains', ['lin']), 'text', false],
    ['a beginning', written('textStarts', ['be']), 'text', false],
    ['an end', written('textEnds', ['in']), 'text', false],
    ['one of several ticked boxes', written('choiceAny', ['a']), 'multiChoice', false],
    ['all of several ticked boxes', written('choiceAll', ['a']), 'multiChoice', false],
    ['a phone number', written('textEquals', ['+49 30']), 'text', true],
  ];
  test.each(narrowed)('%s only narrows to those with a value', (_, filter, type, isPhone) => {
    expect(said(filter, type, isPhone)).toEqual({ filters: [has], isExact: false });
  });

  test.each([
    ['blanks that match', written('choiceNone', ['a'], true)],
    ['former values', written('choiceEver', ['a'])],
    ['membership', otherExamples.inList as Filter],
    ['forms', otherExamples.form as Filter],
  ])('%s does not narrow at all', (_, filter) => {
    expect(said(filter, 'choice')).toEqual({ filters: [], isExact: false });
  });

  test('an unknown property is not searched for', () => {
    expect(toSearch(rootOf([written('known', [])]), () => undefined, clock)).toEqual({
      groups: [[]],
      isExact: false,
    });
  });

  test('a nested branch makes its group inexact', () => {
    const root = rootOf([written('known', [])]);
    (root.filterBranches?.[0] as FilterBranch).filterBranches = [branchExamples.company as FilterBranch];
    expect(toSearch(root, () => ({ type: 'text', isPhone: false }), clock).isExact).toBe(false);
  });
});

describe('HubSpot’s limits', () => {
  const after = { propertyName: 'hs_object_id', operator: 'GT', value: '0' };

  test('5 groups, 6 filters each, 18 in all', () => {
    expect(fitsSearch(Array(5).fill([has, has, has]))).toBe(true);
    expect(fitsSearch(Array(6).fill([has]))).toBe(false);
    expect(fitsSearch([Array(7).fill(has)])).toBe(false);
    expect(fitsSearch(Array(5).fill([has, has, has, has]))).toBe(false);
    expect(fitsSearch([[{ ...has, values: ['x'.repeat(3_000)] }]])).toBe(false);
  });

  test('reading narrows as far as that fits, else reads everybody', () => {
    expect(narrowedSearch([[has]], after)).toEqual([[has, after]]);
    expect(narrowedSearch([Array(8).fill(has)], after)[0]).toHaveLength(6);
    expect(narrowedSearch(Array(6).fill([has]), after)).toEqual([[after]]);
    expect(narrowedSearch([], after)).toEqual([[after]]);
  });
});
