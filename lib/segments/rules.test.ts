import { describe, expect, test } from 'vitest';
import { findMatch, fold, inclusionProblem, orderOptions, segmentState } from './rules.ts';

const segment = (listId: string, name: string) => ({ listId, name, searchName: fold(name) });
const names = (list: { name: string }[]) => list.map(({ name }) => name);

describe('searching names', () => {
  test.each([
    ['Café ÉMEA', 'cafe emea'],
    ['Größe', 'grosse'],
    ['Søren Łódź', 'soren lodz'],
    ['Æro İstanbul', 'aero istanbul'],
    ['日本', '日本'],
  ])('%s folds to %s', (name, folded) => expect(fold(name)).toBe(folded));

  test.each([
    ['Café München', 'munchen', 'München'],
    ['Größe L', 'gross', 'Größ'],
    ['Ae\u0301ro', 'aer', 'Ae\u0301r'],
    ['Sales', 'x', null],
    ['Sales', ' ', null],
  ])('the match in %s of “%s”', (name, query, marked) => {
    const match = findMatch(name, query);
    expect(match && name.slice(match.start, match.end)).toBe(marked);
  });
});

describe('order of the menu', () => {
  const list = [
    segment('1', 'Zebra'),
    segment('2', 'Álamo'),
    segment('3', 'Beta'),
    segment('4', 'All sales'),
  ];

  test('selected, recently used, then A to Z', () => {
    const ordered = orderOptions(list, { q: '', selected: '1', recent: ['3'] });
    expect(names(ordered)).toEqual(['Zebra', 'Beta', 'Álamo', 'All sales']);
  });

  test('while searching the best match is first', () => {
    const found = [
      segment('1', 'Presales'),
      segment('2', 'All sales'),
      segment('3', 'Sales ops'),
      segment('4', 'SALES'),
    ];
    const ordered = orderOptions(found, { q: 'salés', selected: '1', recent: [] });
    expect(names(ordered)).toEqual(['SALES', 'Sales ops', 'All sales', 'Presales']);
  });
});

describe('states', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const base = { processingStatus: 'PROCESSING', processingSince: ago(5), deletedAt: null };

  test.each([
    ['processing', base],
    ['failed', { ...base, processingSince: ago(61) }],
    ['failed', { ...base, processingStatus: 'PAUSED' }],
    ['ready', { ...base, processingStatus: 'COMPLETE' }],
    ['processing', { ...base, processingStatus: 'QUEUED_NEW_WORD' }],
    ['deleted', { ...base, deletedAt: ago(1) }],
  ] as const)('%s', (state, given) => expect(segmentState(given, now)).toBe(state));
});

test('only active, living contact lists can limit the sync', () => {
  const list = { processingType: 'DYNAMIC', objectTypeId: '0-1', deletedAt: null };
  expect(inclusionProblem(list)).toBeNull();
  expect(inclusionProblem({ ...list, processingType: 'MANUAL' })).toBe('static_segment');
  expect(inclusionProblem({ ...list, processingType: 'SNAPSHOT' })).toBe('static_segment');
  expect(inclusionProblem({ ...list, objectTypeId: '0-2' })).toBe('wrong_object_segment');
  expect(inclusionProblem({ ...list, deletedAt: new Date(0) })).toBe('deleted_segment');
});
