import { describe, expect, it } from 'vitest';
import { listsOf, standingOf } from './gate.ts';

describe('sync rules, sections 3 and 7: the gate', () => {
  it('lets everybody pass while no inclusion segment is set', () => {
    expect(standingOf({ listId: null, alsoListId: undefined }, [])).toBe('member');
  });

  it('lets only members of the inclusion segment pass', () => {
    const gates = { listId: '7', alsoListId: undefined };
    expect(standingOf(gates, ['1', '7'])).toBe('member');
    expect(standingOf(gates, ['1'])).toBe('outside');
  });

  it('while a switch waits, lets only those pass who pass both gates', () => {
    const gates = { listId: '7', alsoListId: '8' };
    expect(standingOf(gates, ['7', '8'])).toBe('member');
    expect(standingOf(gates, ['7'])).toBe('waits');
    expect(standingOf(gates, ['8'])).toBe('waits');
    expect(standingOf(gates, ['9'])).toBe('outside');
  });

  it('counts “All contacts” as a gate that everybody passes', () => {
    expect(standingOf({ listId: '7', alsoListId: null }, ['7'])).toBe('member');
    expect(standingOf({ listId: null, alsoListId: '8' }, ['7'])).toBe('waits');
  });

  it('asks each list once', () => {
    expect(listsOf({ listId: '7', alsoListId: '7' })).toEqual(['7']);
    expect(listsOf({ listId: null, alsoListId: undefined })).toEqual([]);
    expect(listsOf({ listId: '7', alsoListId: null })).toEqual(['7']);
  });
});
