import { describe, expect, it } from 'vitest';
import { switchCounts } from '../switch.ts';
import { exceeding } from './breaker.ts';
import { isOverdue } from './daily-check.ts';
import type { AlarmCount, AlarmKind } from './store.ts';

const day = 24 * 60 * 60_000;
const count = (kind: AlarmKind, people: number, key = ''): AlarmCount => ({ kind, key, people });
const stops = (counts: AlarmCount[], population = { linked: 0, known: 0, filled: {} }, share = 20) =>
  exceeding(counts, population, share).map(({ kind }) => kind);

describe('8: the circuit breaker', () => {
  it('8: lets a hundred people pass however few there are, and ten archivings', () => {
    const kinds: AlarmKind[] = ['sides', 'created_salesforce', 'created_hubspot', 'blanked'];
    for (const kind of kinds) {
      expect(stops([count(kind, 100)])).toEqual([]);
      expect(stops([count(kind, 126)])).toEqual([kind]);
    }
    expect([stops([count('archived', 10)]), stops([count('archived', 11)])]).toEqual([[], ['archived']]);
  });

  it('8: lets a fifth of many people pass: of the linked, of all known, of the filled values', () => {
    const population = { linked: 1_000, known: 10_000, filled: { 'hubspot:city': 2_000 } };
    const at = (kind: AlarmKind, people: number, key = '') =>
      stops([count(kind, people, key)], population).length;
    expect([at('sides', 200), at('sides', 201)]).toEqual([0, 1]);
    expect([at('archived', 200), at('archived', 201)]).toEqual([0, 1]);
    expect([at('created_hubspot', 2_000), at('created_hubspot', 2_001)]).toEqual([0, 1]);
    // 500 were filled besides the 2,000 that are.
    expect([at('blanked', 500, 'hubspot:city'), at('blanked', 501, 'hubspot:city')]).toEqual([0, 1]);
  });

  it('8: goes by the share of the settings', () => {
    const population = { linked: 1_000, known: 0, filled: {} };
    expect(stops([count('sides', 500)], population, 50)).toEqual([]);
    expect(stops([count('sides', 501)], population, 50)).toEqual(['sides']);
  });
});

describe('2: the daily check', () => {
  const connectedAt = new Date('2026-03-01T00:00:00Z');
  const at = (days: number) => new Date(connectedAt.getTime() + days * day);
  const check = (checkedAt: Date | null) => ({
    checkedAt,
    coveredUntil: {},
    startedAt: null,
    linksAfter: null,
  });

  it('2: must come first once it is more than 15 days old', () => {
    expect(isOverdue(check(at(1)), connectedAt, at(16))).toBe(false);
    expect(isOverdue(check(at(1)), connectedAt, at(16.1))).toBe(true);
    expect(isOverdue(check(null), connectedAt, at(15.1))).toBe(true);
  });

  it('7: must come first after connecting anew, but not at the first connection', () => {
    expect(isOverdue(check(at(1)), at(2), at(2))).toBe(true);
    expect(isOverdue(check(null), at(2), at(2))).toBe(false);
  });
});

describe('7: the counts of a switch', () => {
  const groups = (sizes: Record<string, [number, number]>) =>
    Object.entries(sizes).map(([group, [people, linked]]) => ({ group, people, linked }));

  it('7: are of every contact once', () => {
    const counts = switchCounts({
      groups: groups({
        start: [412, 3],
        stop: [37, 31],
        both: [6_000, 900],
        neither: [50, 50],
        frozen: [80, 80],
      }),
      from: '1',
      to: '2',
      contacts: 18_932,
      frozenBefore: 49,
    });
    expect(counts).toMatchObject({
      start: 412,
      stop: 37,
      both: 6_000,
      neither: 12_483,
      before: 6_037,
      now: 6_412,
    });
    expect(counts.start + counts.stop + counts.both + counts.neither).toBe(18_932);
    expect(counts).toMatchObject({
      linkedMoves: 34,
      linkedStops: 31,
      linked: 984,
      frozen: 80,
      frozenBefore: 49,
    });
  });

  it('7: know that without a limit everybody is in', () => {
    const given = { contacts: 1_000, frozenBefore: 0 };
    const limited = switchCounts({
      ...given,
      groups: groups({ both: [300, 10], stop: [20, 20] }),
      from: null,
      to: '2',
    });
    expect(limited).toMatchObject({ start: 0, stop: 700, both: 300, before: 1_000, now: 300 });
    const freed = switchCounts({
      ...given,
      groups: groups({ both: [300, 10], start: [20, 20] }),
      from: '2',
      to: null,
    });
    expect(freed).toMatchObject({ start: 700, stop: 0, both: 300, before: 300, now: 1_000 });
  });
});
