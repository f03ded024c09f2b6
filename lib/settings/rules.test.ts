import { describe, expect, it } from 'vitest';
import type { StoredMapping } from '#lib/mappings/schemas.ts';
import { decideChange, differences, gateOf, isOpen, pairMappings, withSettings } from './rules.ts';
import { settingsValuesSchema } from './schemas.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('sync rules, section 7: a switch waits 60 seconds', () => {
  it('keeps the gate of the current version in force for 60 seconds', () => {
    const decision = decideChange({ now, currentVersion: 4, open: null, gateInForce: '8', newGate: '9' });
    expect(decision).toEqual({ wait: { baseVersion: 4, inForceAt: later(60_000) } });
  });

  it('starts the time anew against the same gate in force when it changes again', () => {
    const open = { id: 'a', baseVersion: 4, inForceAt: later(20_000) };
    const decision = decideChange({ now, currentVersion: 5, open, gateInForce: '8', newGate: '10' });
    expect(decision).toEqual({ wait: { baseVersion: 4, inForceAt: later(60_000) } });
  });

  it('ends the wait at once when it goes back to the gate in force', () => {
    const open = { id: 'a', baseVersion: 4, inForceAt: later(20_000) };
    expect(decideChange({ now, currentVersion: 5, open, gateInForce: '8', newGate: '8' })).toEqual({
      wait: null,
    });
  });

  it('waits when a limit is lifted, and when one is set for the first time', () => {
    const lifted = decideChange({ now, currentVersion: 1, open: null, gateInForce: '8', newGate: null });
    const set = decideChange({ now, currentVersion: 0, open: null, gateInForce: null, newGate: '8' });
    expect([lifted.wait?.baseVersion, set.wait?.baseVersion]).toEqual([1, 0]);
  });

  it('is over at the last millisecond, or when it was ended', () => {
    expect(isOpen({ inForceAt: later(1), endedAt: null }, now)).toBe(true);
    expect(isOpen({ inForceAt: now, endedAt: null }, now)).toBe(false);
    expect(isOpen({ inForceAt: later(1), endedAt: now }, now)).toBe(false);
  });
});

describe('the gate', () => {
  it('is the newest one alone once nothing waits', () => {
    expect(gateOf('9', null)).toEqual({ listId: '9', alsoListId: undefined, waitsUntil: null });
  });

  it('is both while a switch waits, also from and to everybody', () => {
    const until = later(30_000);
    expect(gateOf('9', { listId: null, until })).toEqual({
      listId: '9',
      alsoListId: null,
      waitsUntil: until,
    });
    expect(gateOf(null, { listId: '9', until })).toEqual({
      listId: null,
      alsoListId: '9',
      waitsUntil: until,
    });
  });
});

describe('versions beside one another', () => {
  const defaults = settingsValuesSchema.parse({});
  const other = { ...defaults, keepingDays: 30, inclusionListId: '8' };

  it('differ in named settings, in the order of the page', () => {
    expect(differences(defaults, other)).toEqual(['inclusionListId', 'keepingDays']);
    expect(differences(other, { ...other })).toEqual([]);
  });

  it('give back only what was asked for', () => {
    expect(withSettings(other, defaults, ['keepingDays'])).toEqual({ ...defaults, inclusionListId: '8' });
  });

  it('differ in mappings that were added, removed or changed', () => {
    const mapping = (id: string, rule: StoredMapping['rule'] = 'TWO_WAY'): StoredMapping => ({
      id,
      hubspotProperty: `property_${id}`,
      leadField: 'Title',
      contactField: null,
      rule,
      direction: 'BOTH',
      isDefault: false,
      createdAt: now.toISOString(),
    });
    const former = [mapping('a'), mapping('b'), mapping('c')];
    const today = [mapping('a'), mapping('b', 'DONT_SYNC'), mapping('d')];
    const pairs = pairMappings(former, today);
    expect(pairs.map(({ id, isDifferent }) => [id, isDifferent])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
      ['d', true],
    ]);
    expect(pairs.find(({ id }) => id === 'd')).toMatchObject({ former: null });
    expect(pairs.find(({ id }) => id === 'c')).toMatchObject({ now: null });
  });
});
