import { describe, expect, it } from 'vitest';
import { decideChange, gateOf, isOpen } from './rules.ts';

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
