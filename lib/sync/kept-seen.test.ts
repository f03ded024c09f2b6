import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOfSeen, packSeen, unpackSeen } from './kept-seen.ts';
import { changedSince, nextSeen, type SeenFields } from './seen.ts';

const time = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z');
/** Names of properties and fields begin with a letter. */
const fields = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z_]{0,11}$/),
  fc.record({ h: fc.stringMatching(/^([\w-]{10})?$/), at: time }),
);

function kept(seen: SeenFields) {
  const { names, row } = packSeen(seen);
  const stored: unknown = JSON.parse(JSON.stringify(row));
  const namesOf = (key: string) => {
    expect(key).toBe(row.f);
    return names;
  };
  return { stored, namesOf };
}

describe('what is seen as it is kept', () => {
  it('is what it was', () => {
    fc.assert(
      fc.property(fields, (seen) => {
        const { stored, namesOf } = kept(seen);
        expect(unpackSeen(stored, namesOf)).toEqual({ ...seen });
      }),
    );
  });

  it('has the same names under the same key, and no others', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const isSame = Object.keys(one).join() === Object.keys(other).join();
        expect(keyOfSeen(packSeen(one).row) === keyOfSeen(packSeen(other).row)).toBe(isSame);
      }),
    );
  });

  it('is read as older versions kept it: longer hashes of the same values are no change', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const now = nextSeen(null, { city: 'Berlin', zip: null }, ['city', 'zip'], at);
    // The first 16 letters of the hash of "Berlin", as they were stored.
    const old = {
      city: { h: '2tEUtu1zQrrGXHlX', at: at.toISOString() },
      zip: { h: '', at: at.toISOString() },
    };
    const former = unpackSeen(old, () => []);
    expect(keyOfSeen(old)).toBeNull();
    expect(former).toEqual(now);
  });

  it('refuses what nobody has stored', () => {
    expect(() => unpackSeen({ city: 'Berlin' }, () => [])).toThrow();
    expect(
      changedSince(
        unpackSeen({}, () => []),
        {},
      ).changed,
    ).toEqual([]);
  });
});
