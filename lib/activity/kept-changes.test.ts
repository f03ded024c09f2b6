import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from './change.ts';
import { packChanges, unpackChanges } from './kept-changes.ts';

const value = fc.option(fc.string());
const time = fc.option(fc.constant('2026-01-01T00:00:00.000Z'));
const whole = fc.record({
  ...{ mappingId: fc.constantFrom('a', 'b', 'c'), property: fc.string(), label: fc.string() },
  ...{ field: fc.string(), rule: fc.constantFrom<Change['rule'][]>('TWO_WAY', 'ALWAYS_SALESFORCE') },
  ...{ to: fc.constantFrom<Change['to'][]>('hubspot', 'salesforce'), old: value, new: value },
});
const conflict = fc.record({ lost: value, hubspotAt: time, salesforceAt: time });
const failure = fc.constant({ category: 'values' as const, code: 'INVALID', message: '' });
const change: fc.Arbitrary<Change> = fc.oneof(
  whole,
  fc.tuple(whole, conflict).map(([each, lost]) => ({ ...each, conflict: lost })),
  fc.tuple(whole, failure).map(([each, refused]) => ({ ...each, failure: refused })),
);

const stored = (kept: unknown) => JSON.parse(JSON.stringify(kept));

describe('changes as an outcome keeps them', () => {
  it('are what they were, those that were written before those that failed', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change)), (people) => {
        const fields = {};
        const rows = people.map((changes) => packChanges(changes, fields));
        const run = { fields: stored(fields) };
        expect(rows.map((row) => unpackChanges(stored(row), run))).toEqual(
          people.map((changes) => [
            ...changes.filter((each) => !each.failure),
            ...changes.filter((each) => each.failure),
          ]),
        );
      }),
    );
  });

  it('are read as older versions kept them', () => {
    const base = { mappingId: 'a', property: 'email', label: 'Email', field: 'Email', old: null, new: 'x' };
    const changes: Change[] = [
      { ...base, rule: 'TWO_WAY', to: 'salesforce' },
      { ...base, rule: 'TWO_WAY', to: 'hubspot', failure: { category: 'values', code: 'C', message: '' } },
    ];
    expect(unpackChanges({ changes: stored(changes), written: null }, { fields: {} })).toEqual(changes);
  });

  it('say of a field what it is once in a run', () => {
    const base = { mappingId: 'a', property: 'city', label: 'City', field: 'City', rule: 'TWO_WAY' as const };
    const fields = {};
    const first = packChanges([{ ...base, to: 'salesforce', old: null, new: 'Berlin' }], fields);
    const second = packChanges([{ ...base, to: 'salesforce', old: 'Rome', new: 'Oslo' }], fields);
    const [[name] = []] = first.written ?? [];
    expect(Object.keys(fields)).toEqual([name]);
    expect([first, second]).toEqual([
      { changes: [], written: [[name, 'Berlin']] },
      { changes: [], written: [[name, 'Oslo', 'Rome']] },
    ]);
  });

  it('cannot be read without their run', () => {
    expect(() => unpackChanges({ changes: [], written: [['x', null]] }, { fields: {} })).toThrow();
  });
});
