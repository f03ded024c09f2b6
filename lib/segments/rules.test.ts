import { describe, expect, test } from 'vitest';
import { findMatch, fold, inclusionProblem, isCopyDue, isCopyRunning, segmentState } from './rules.ts';

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

describe('when the copy of HubSpot’s lists is brought up to date', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  const copy = { runningAt: null, endedAt: ago(60), failure: null };

  test.each([
    ['was never made', null, { due: true, running: false }],
    ['is a minute old', copy, { due: true, running: false }],
    ['was just made', { ...copy, endedAt: ago(9) }, { due: false, running: false }],
    ['is being made', { ...copy, runningAt: ago(5) }, { due: false, running: true }],
    ['stopped being made', { ...copy, runningAt: ago(61) }, { due: true, running: false }],
    ['has just failed', { ...copy, endedAt: ago(1), failure: {} }, { due: false, running: false }],
    [
      'failed, and somebody tries again',
      { ...copy, endedAt: ago(3), failure: {} },
      { due: true, running: false },
    ],
  ])('it %s', (_, given, expected) =>
    expect({ due: isCopyDue(given, now), running: isCopyRunning(given, now) }).toEqual(expected),
  );
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
