import { describe, expect, test } from 'vitest';
import { propertyExamples } from '../filter/examples.ts';
import type { Filter } from '../filter/model.ts';
import { evaluateFilter, type Verdict } from './evaluate.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };
const filterOf = (operation: Record<string, unknown>): Filter => ({
  filterType: 'PROPERTY',
  property: 'p',
  operation,
});
const verdictOf = (
  filter: Filter,
  value: string | null | undefined,
  more: Record<string, string | null> = {},
) => evaluateFilter(filter, { values: { p: value, ...more }, lists: null }, clock);

/** operation type, operator, its values, then contact value → verdict. */
const table: [string, string, Record<string, unknown>, Record<string, Verdict>][] = [
  ['ALL_PROPERTY', 'IS_KNOWN', {}, { x: 'yes' }],
  ['ALL_PROPERTY', 'IS_UNKNOWN', {}, { x: 'no' }],
  ['ALL_PROPERTY', 'IS_BLANK', {}, { x: 'no' }],
  ['ALL_PROPERTY', 'IS_NOT_BLANK', {}, { x: 'yes' }],
  ['STRING', 'IS_EQUAL_TO', { value: 'Berlin' }, { BERLIN: 'yes', 'Berlin Mitte': 'no' }],
  ['STRING', 'IS_NOT_EQUAL_TO', { value: 'Berlin' }, { berlin: 'no', Paris: 'yes' }],
  ['STRING', 'CONTAINS', { value: 'lin' }, { Berlin: 'yes', Paris: 'no' }],
  ['STRING', 'DOES_NOT_CONTAIN', { value: 'lin' }, { Berlin: 'no', Paris: 'yes' }],
  ['STRING', 'STARTS_WITH', { value: 'ber' }, { Berlin: 'yes', 'Bad Berleburg': 'no' }],
  ['STRING', 'ENDS_WITH', { value: 'LIN' }, { Berlin: 'yes', Linz: 'no' }],
  ['STRING', 'HAS_EVER_BEEN_EQUAL_TO', { value: 'x' }, { x: 'unknown' }],
  ['STRING', 'HAS_NEVER_CONTAINED', { value: 'x' }, { y: 'unknown' }],
  ['MULTISTRING', 'IS_EQUAL_TO', { values: ['Berlin', 'Paris'] }, { paris: 'yes', Rome: 'no' }],
  ['MULTISTRING', 'IS_NOT_EQUAL_TO', { values: ['Berlin', 'Paris'] }, { paris: 'no', Rome: 'yes' }],
  ['MULTISTRING', 'CONTAINS', { values: ['er', 'ar'] }, { Paris: 'yes', Rome: 'no' }],
  ['MULTISTRING', 'DOES_NOT_CONTAIN', { values: ['er', 'ar'] }, { Paris: 'no', Rome: 'yes' }],
  ['MULTISTRING', 'STARTS_WITH', { values: ['be', 'pa'] }, { Paris: 'yes', Rome: 'no' }],
  ['MULTISTRING', 'ENDS_WITH', { values: ['is', 'in'] }, { Paris: 'yes', Rome: 'no' }],
  ['MULTISTRING', 'CONTAINS_EXACTLY', { values: ['a'] }, { a: 'unknown' }],
  ['NUMBER', 'IS_EQUAL_TO', { value: 5 }, { '5.0': 'yes', '6': 'no' }],
  ['NUMBER', 'IS_NOT_EQUAL_TO', { value: 5 }, { '5': 'no', '6': 'yes' }],
  ['NUMBER', 'IS_GREATER_THAN', { value: 5 }, { '5': 'no', '10': 'yes' }],
  ['NUMBER', 'IS_GREATER_THAN_OR_EQUAL_TO', { value: 5 }, { '5': 'yes', '4.9': 'no' }],
  ['NUMBER', 'IS_LESS_THAN', { value: 5 }, { '5': 'no', '-10': 'yes' }],
  ['NUMBER', 'IS_LESS_THAN_OR_EQUAL_TO', { value: 5 }, { '5': 'yes', '5.1': 'no' }],
  ['NUMBER', 'HAS_EVER_BEEN_EQUAL_TO', { value: 5 }, { '5': 'unknown' }],
  ['NUMBER_RANGED', 'IS_BETWEEN', { lowerBound: 1, upperBound: 5 }, { '1': 'yes', '5': 'yes', '5.5': 'no' }],
  ['NUMBER_RANGED', 'IS_NOT_BETWEEN', { lowerBound: 1, upperBound: 5 }, { '1': 'no', '6': 'yes' }],
  ['BOOL', 'IS_EQUAL_TO', { value: true }, { true: 'yes', false: 'no' }],
  ['BOOL', 'IS_NOT_EQUAL_TO', { value: true }, { true: 'no', false: 'yes' }],
  ['ENUMERATION', 'IS_ANY_OF', { values: ['a', 'b'] }, { b: 'yes', 'c;b': 'yes', B: 'no' }],
  ['ENUMERATION', 'IS_NONE_OF', { values: ['a', 'b'] }, { c: 'yes', 'c;b': 'no' }],
  ['ENUMERATION', 'IS_EXACTLY', { values: ['a', 'b'] }, { 'b;a': 'yes', a: 'no', 'a;b;c': 'no' }],
  ['ENUMERATION', 'IS_NOT_EXACTLY', { values: ['a', 'b'] }, { 'b;a': 'no', a: 'yes' }],
  ['ENUMERATION', 'CONTAINS_ALL', { values: ['a', 'b'] }, { 'a;b;c': 'yes', a: 'no' }],
  ['ENUMERATION', 'DOES_NOT_CONTAIN_ALL', { values: ['a', 'b'] }, { 'a;b;c': 'no', a: 'yes' }],
  ['ENUMERATION', 'HAS_EVER_BEEN_ANY_OF', { values: ['a'] }, { a: 'unknown' }],
  [
    'DATETIME',
    'IS_BEFORE',
    { timestamp: 1_790_000_000_000 },
    { '1789999999999': 'yes', '1790000000000': 'no' },
  ],
  [
    'DATETIME',
    'IS_AFTER',
    { timestamp: 1_790_000_000_000 },
    { '1790000000001': 'yes', '1790000000000': 'no' },
  ],
  [
    'DATE',
    'IS_EQUAL_TO',
    { year: 2026, month: 'NOVEMBER', day: 12 },
    { '2026-11-12': 'yes', '2026-11-11T23:00:00Z': 'yes', '2026-11-12T23:00:00Z': 'no' },
  ],
  [
    'DATE',
    'IS_BEFORE_DATE',
    { year: 2026, month: 'NOVEMBER', day: 12 },
    { '2026-11-11': 'yes', '2026-11-12': 'no' },
  ],
  [
    'DATE',
    'IS_AFTER_DATE',
    { year: 2026, month: 'NOVEMBER', day: 12 },
    { '2026-11-13': 'yes', '2026-11-12': 'no' },
  ],
  ['RANGED_DATE', 'IS_BETWEEN', { lowerBound: 10, upperBound: 20 }, { '10': 'yes', '21': 'no' }],
  ['RANGED_DATE', 'IS_NOT_BETWEEN', { lowerBound: 10, upperBound: 20 }, { '10': 'no', '21': 'yes' }],
  [
    'ROLLING_DATE_RANGE',
    'IS_LESS_THAN_X_DAYS_AGO',
    { numberOfDays: 3 },
    { '2026-11-19': 'yes', '2026-11-18': 'no', '2026-11-23': 'no' },
  ],
  [
    'ROLLING_DATE_RANGE',
    'IS_MORE_THAN_X_DAYS_AGO',
    { numberOfDays: 3 },
    { '2026-11-18': 'yes', '2026-11-19': 'no' },
  ],
  [
    'ROLLING_DATE_RANGE',
    'IS_LESS_THAN_X_DAYS_FROM_NOW',
    { numberOfDays: 3 },
    { '2026-11-25': 'yes', '2026-11-26': 'no', '2026-11-21': 'no' },
  ],
  [
    'ROLLING_DATE_RANGE',
    'IS_MORE_THAN_X_DAYS_FROM_NOW',
    { numberOfDays: 3 },
    { '2026-11-26': 'yes', '2026-11-25': 'no' },
  ],
  ['ROLLING_PROPERTY_UPDATED', 'UPDATED_IN_LAST_X_DAYS', { numberOfDays: 3 }, { x: 'unknown' }],
  ['CALENDAR_DATE', 'IN_THIS_TIME_UNIT', { timeUnit: 'DAY' }, { '2026-11-22': 'yes', '2026-11-23': 'no' }],
  ['CALENDAR_DATE', 'IN_THIS_TIME_UNIT', { timeUnit: 'WEEK' }, { '2026-11-16': 'yes', '2026-11-15': 'no' }],
  [
    'CALENDAR_DATE',
    'IN_THIS_TIME_UNIT',
    { timeUnit: 'QUARTER' },
    { '2026-10-01': 'yes', '2026-09-30': 'no' },
  ],
  [
    'CALENDAR_DATE',
    'IN_THIS_TIME_UNIT_SO_FAR',
    { timeUnit: 'YEAR' },
    { '2026-01-01': 'yes', '2026-12-01': 'no' },
  ],
  [
    'CALENDAR_DATE',
    'IN_LAST_TIME_UNIT',
    { timeUnit: 'MONTH', timeUnitCount: 2 },
    { '2026-09-01': 'yes', '2026-11-01': 'no' },
  ],
  ['CALENDAR_DATE', 'IN_NEXT_TIME_UNIT', { timeUnit: 'YEAR' }, { '2027-05-01': 'yes', '2026-12-31': 'no' }],
  [
    'CALENDAR_DATE',
    'IN_THIS_TIME_UNIT',
    { timeUnit: 'YEAR', useFiscalYear: true },
    { '2026-05-01': 'unknown' },
  ],
];

describe('one PROPERTY filter', () => {
  test.each(table)('%s %s', (operationType, operator, more, cases) => {
    const filter = filterOf({ operationType, operator, includeObjectsWithNoValueSet: false, ...more });
    for (const [value, verdict] of Object.entries(cases))
      expect([value, verdictOf(filter, value)]).toEqual([value, verdict]);
  });

  test('a blank matches by the switch alone, for negative operators too', () => {
    const operation = { operationType: 'ENUMERATION', operator: 'IS_NONE_OF', values: ['a'] };
    for (const blank of [null, '']) {
      expect(verdictOf(filterOf({ ...operation, includeObjectsWithNoValueSet: false }), blank)).toBe('no');
      expect(verdictOf(filterOf({ ...operation, includeObjectsWithNoValueSet: true }), blank)).toBe('yes');
    }
    expect(verdictOf(filterOf({ operationType: 'ALL_PROPERTY', operator: 'IS_UNKNOWN' }), null)).toBe('yes');
  });

  test('a property that was not read decides nothing', () => {
    expect(verdictOf(propertyExamples.choice as Filter, undefined)).toBe('unknown');
  });

  test('two properties compare', () => {
    const operation = { operator: 'IS_BEFORE', comparisonPropertyName: 'q' };
    const date = filterOf({ operationType: 'COMPARATIVE_DATE', ...operation });
    expect(verdictOf(date, '2026-01-01', { q: '2026-01-02' })).toBe('yes');
    expect(verdictOf(date, '2026-01-03', { q: '2026-01-02' })).toBe('no');
    expect(verdictOf(date, '2026-01-03', { q: null })).toBe('no');
    expect(verdictOf(date, '2026-01-03')).toBe('unknown');
    const text = filterOf({ operationType: 'COMPARATIVE_STRING', ...operation, operator: 'IS_EQUAL_TO' });
    expect(verdictOf(text, 'Berlin', { q: 'berlin' })).toBe('yes');
    expect(verdictOf(text, 'Berlin', { q: 'Paris' })).toBe('no');
    expect(verdictOf(propertyExamples.afterOther as Filter, 'x')).toBe('unknown');
  });
});
