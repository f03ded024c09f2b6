import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '#lib/mappings/default-mappings.ts';
import {
  decideEmail,
  decideField,
  decideOptOut,
  decideOwner,
  type FieldState,
  type OwnerState,
} from './field-rules.ts';

const both = { hubspot: true, salesforce: true };
const state = (
  h: string | null,
  s: string | null,
  shadow: [string | null, string | null] | null = null,
  extra: Partial<FieldState> = {},
): FieldState => ({
  h,
  s,
  shadow: shadow && { h: shadow[0], s: shadow[1] },
  canWrite: both,
  later: 'salesforce',
  ...extra,
});
const to = (side: 'hubspot' | 'salesforce', overwrites = false) => ({
  kind: 'write',
  to: side,
  overwrites,
});
const agreed = { kind: 'agreed' };
const leave = { kind: 'leave' };

describe('sync rules, section 5: Two-way', () => {
  it('sends the value of the side that changed, blanks included', () => {
    expect(decideField('TWO_WAY', state('b', 'a', ['a', 'a']))).toEqual(to('salesforce'));
    expect(decideField('TWO_WAY', state('a', 'b', ['a', 'a']))).toEqual(to('hubspot'));
    expect(decideField('TWO_WAY', state(null, 'a', ['a', 'a']))).toEqual(to('salesforce'));
    expect(decideField('TWO_WAY', state('a', null, ['a', 'a']))).toEqual(to('hubspot'));
  });

  it('lets the later of two changes win and remembers the other; Salesforce on a tie', () => {
    const changedBoth = (later: 'hubspot' | 'salesforce') => state('b', 'c', ['a', 'a'], { later });
    expect(decideField('TWO_WAY', changedBoth('hubspot'))).toEqual(to('salesforce', true));
    expect(decideField('TWO_WAY', changedBoth('salesforce'))).toEqual(to('hubspot', true));
  });

  it('agrees when both changed to the same', () => {
    expect(decideField('TWO_WAY', state('b', 'b', ['a', 'a']))).toEqual(agreed);
  });

  it('without a shadow lets a blank yield to a value, and of two values takes the later', () => {
    expect(decideField('TWO_WAY', state('a', null))).toEqual(to('salesforce'));
    expect(decideField('TWO_WAY', state(null, 'a'))).toEqual(to('hubspot'));
    expect(decideField('TWO_WAY', state('a', 'b', null, { later: 'hubspot' }))).toEqual(
      to('salesforce', true),
    );
    expect(decideField('TWO_WAY', state('a', 'b'))).toEqual(to('hubspot', true));
  });

  it('is one-way where a side can’t be written', () => {
    const onlySalesforce = { canWrite: { hubspot: false, salesforce: true } };
    expect(decideField('TWO_WAY', state('b', 'a', ['a', 'a'], onlySalesforce))).toEqual(to('salesforce'));
    expect(decideField('TWO_WAY', state('a', 'b', ['a', 'a'], onlySalesforce))).toEqual(leave);
    expect(decideField('TWO_WAY', state('b', 'c', ['a', 'a'], onlySalesforce))).toEqual(
      to('salesforce', true),
    );
    expect(decideField('TWO_WAY', state(null, 'c', null, onlySalesforce))).toEqual(leave);
  });
});

describe('sync rules, section 5: Prefer Salesforce unless blank', () => {
  it('sends Salesforce’s value if it has one', () => {
    expect(decideField('PREFER_SALESFORCE', state('a', 'b'))).toEqual(to('hubspot', true));
    expect(decideField('PREFER_SALESFORCE', state('b', 'a', ['a', 'a']))).toEqual(to('hubspot', true));
    expect(decideField('PREFER_SALESFORCE', state('a', 'b', ['a', 'a']))).toEqual(to('hubspot'));
  });

  it('deletes HubSpot’s value when Salesforce’s was deleted', () => {
    expect(decideField('PREFER_SALESFORCE', state('a', null, ['a', 'a']))).toEqual(to('hubspot'));
    expect(decideField('PREFER_SALESFORCE', state('b', null, ['a', 'a']))).toEqual(to('hubspot', true));
  });

  it('fills Salesforce where it was never filled', () => {
    expect(decideField('PREFER_SALESFORCE', state('a', null))).toEqual(to('salesforce'));
    expect(decideField('PREFER_SALESFORCE', state('a', null, [null, null]))).toEqual(to('salesforce'));
  });
});

describe('sync rules, section 5: Always use Salesforce', () => {
  it('sends Salesforce’s value, deletions included, and never writes Salesforce', () => {
    expect(decideField('ALWAYS_SALESFORCE', state('a', 'b'))).toEqual(to('hubspot', true));
    expect(decideField('ALWAYS_SALESFORCE', state('a', null, ['a', 'a']))).toEqual(to('hubspot'));
    expect(decideField('ALWAYS_SALESFORCE', state('a', null))).toEqual(leave);
    expect(decideField('ALWAYS_SALESFORCE', state('a', null, [null, null]))).toEqual(leave);
  });
});

describe('sync rules, section 5: Don’t sync', () => {
  it('does nothing', () => {
    expect(decideField('DONT_SYNC', state('a', 'b'))).toEqual(leave);
  });
});

describe('sync rules, section 5: e-mail', () => {
  it('never lets a blank travel: the side that has an address gives it back', () => {
    expect(decideEmail(state(null, 'a@b.example', ['a@b.example', 'a@b.example']), false)).toEqual(
      to('hubspot'),
    );
    expect(decideEmail(state('a@b.example', null, ['a@b.example', 'a@b.example']), false)).toEqual(
      to('salesforce'),
    );
    expect(decideEmail(state(null, null), false)).toEqual(agreed);
  });

  it('is two-way otherwise', () => {
    expect(decideEmail(state('new@b.example', 'a@b.example', ['a@b.example', 'a@b.example']), false)).toEqual(
      to('salesforce'),
    );
    expect(decideEmail(state('a@b.example', 'new@b.example', ['a@b.example', 'a@b.example']), false)).toEqual(
      to('hubspot'),
    );
  });

  it('counts a pair matched through an additional address as agreed as it stands', () => {
    expect(decideEmail(state('a@b.example', 'other@b.example'), true)).toEqual(agreed);
    const afterwards = state('a@b.example', 'other@b.example', ['a@b.example', 'other@b.example']);
    expect(decideEmail(afterwards, false)).toEqual(agreed);
  });
});

describe('sync rules, section 5: owner', () => {
  const owner = (base: FieldState, salesforceOwnerIsActive = true): OwnerState => ({
    ...base,
    salesforceOwnerIsActive,
  });

  it('lets the active owner of an existing record win at the match', () => {
    expect(decideOwner(owner(state('ann', 'bo')))).toEqual(to('hubspot', true));
    expect(decideOwner(owner(state('ann', null)))).toEqual(leave);
  });

  it('gives a record that belongs to a queue or an inactive user HubSpot’s owner', () => {
    expect(decideOwner(owner(state('ann', null), false))).toEqual(to('salesforce'));
  });

  it('is two-way between owners that have a counterpart', () => {
    expect(decideOwner(owner(state('cy', 'ann', ['ann', 'ann'])))).toEqual(to('salesforce'));
    expect(decideOwner(owner(state('ann', 'cy', ['ann', 'ann'])))).toEqual(to('hubspot'));
    const changedBoth = state('bo', 'cy', ['ann', 'ann'], { later: 'hubspot' });
    expect(decideOwner(owner(changedBoth))).toEqual(to('salesforce', true));
  });

  it('neither sends nor counts a value without a counterpart; HubSpot then gets Salesforce’s', () => {
    expect(decideOwner(owner(state(null, 'ann', ['ann', 'ann'])))).toEqual(to('hubspot'));
    expect(decideOwner(owner(state('ann', null, ['ann', 'ann']), false))).toEqual(leave);
    expect(decideOwner(owner(state(null, null, ['ann', 'ann']), false))).toEqual(leave);
  });
});

describe('sync rules, section 5: opted out of e-mail', () => {
  it('goes from HubSpot to Salesforce, and only towards opted out', () => {
    expect(decideOptOut(state('true', 'false'))).toEqual(to('salesforce'));
    expect(decideOptOut(state('false', 'true'))).toEqual(leave);
    expect(decideOptOut(state('true', 'true'))).toEqual(agreed);
  });
});

describe('5, 9: laws of the field rules', () => {
  const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const rule = fc.constantFrom<Rule>('TWO_WAY', 'PREFER_SALESFORCE', 'ALWAYS_SALESFORCE', 'DONT_SYNC');
  const anyState = fc.record<FieldState>({
    h: value,
    s: value,
    shadow: fc.option(fc.record({ h: value, s: value }), { nil: null }),
    canWrite: fc.record({ hubspot: fc.boolean(), salesforce: fc.boolean() }),
    later: fc.constantFrom('hubspot', 'salesforce'),
  });
  const apply = (before: FieldState, side: 'hubspot' | 'salesforce'): FieldState => {
    const written = side === 'hubspot' ? before.s : before.h;
    return { ...before, h: written, s: written, shadow: { h: written, s: written } };
  };

  it('writes a difference once: after the write there is nothing left to do', () => {
    fc.assert(
      fc.property(rule, anyState, (anyRule, before) => {
        const decision = decideField(anyRule, before);
        if (decision.kind !== 'write') return;
        expect(decideField(anyRule, apply(before, decision.to)).kind).not.toBe('write');
      }),
    );
  });

  it('never writes where both sides are as they agreed', () => {
    fc.assert(
      fc.property(rule, anyState, value, value, (anyRule, base, h, s) => {
        const decision = decideField(anyRule, { ...base, h, s, shadow: { h, s } });
        expect(decision.kind).not.toBe('write');
      }),
    );
  });

  it('only writes a side that can be written, and only what differs', () => {
    fc.assert(
      fc.property(rule, anyState, (anyRule, any) => {
        const decision = decideField(anyRule, any);
        if (decision.kind !== 'write') return;
        expect(any.canWrite[decision.to]).toBe(true);
        expect(any.h).not.toBe(any.s);
      }),
    );
  });

  it('says so whenever a value that changed since the agreement is overwritten', () => {
    fc.assert(
      fc.property(rule, anyState, (anyRule, any) => {
        const decision = decideField(anyRule, any);
        if (decision.kind !== 'write') return;
        const [lost, before] =
          decision.to === 'hubspot' ? [any.h, any.shadow?.h ?? null] : [any.s, any.shadow?.s ?? null];
        expect(decision.overwrites).toBe(lost !== null && lost !== before);
      }),
    );
  });
});
