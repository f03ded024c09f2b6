import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longId, shortId } from '#lib/core/short-id.ts';
import { packShadow, unpackShadow } from './kept-shadow.ts';

const value = fc.option(fc.string());
const entry = fc.record(
  { h: value, s: value, at: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', 'then') },
  { requiredKeys: ['h', 's', 'at'] },
);
const entries = fc.oneof(
  entry,
  entry.map((each) => ({ ...each, s: each.h })),
  entry.map((each) => ({ ...each, sent: true })),
);

describe('a shadow as it is kept', () => {
  it('is what it was, whatever the values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.uuid(), entries), (shadow) => {
        const stored: unknown = JSON.parse(JSON.stringify(packShadow(shadow)));
        expect(unpackShadow(stored)).toEqual({ ...shadow });
      }),
    );
  });

  it('is read as older versions kept it', () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const old = {
      [first]: { h: 'a', s: 'b', at: '2026-01-01T00:00:00.000Z', sent: true },
      [second]: { h: null, s: null, at: '2026-01-02T00:00:00.000Z' },
    };
    expect(unpackShadow(old)).toEqual(old);
    expect(unpackShadow({})).toEqual({});
    expect(packShadow({})).toEqual({});
  });

  it('is read as it was kept while each pair told that it was sent', () => {
    const at = '2026-01-01T00:00:00.000Z';
    expect(unpackShadow({ at: [at], a: ['x', 'x', 0, 1], b: ['x', null, 0, 1], c: 'x' })).toEqual({
      a: { h: 'x', s: 'x', at, sent: true },
      b: { h: 'x', s: null, at, sent: true },
      c: { h: 'x', s: 'x', at },
    });
  });

  it('takes a value that both sides hold once, and a time once', () => {
    const id = randomUUID();
    const at = '2026-01-01T00:00:00.000Z';
    expect(packShadow({ [id]: { h: 'a', s: 'a', at }, m: { h: null, s: null, at } })).toEqual({
      at: [at],
      [shortId(id)]: 'a',
      m: 0,
    });
    expect(packShadow({ m: { h: 'a', s: 'a', at, sent: true } })).toEqual({ at: [`~${at}`], m: 'a' });
    expect(longId(shortId(id))).toBe(id);
  });

  it('refuses what is no shadow', () => {
    expect(() => unpackShadow({ [randomUUID()]: { h: 1 } })).toThrow();
  });
});
