import { describe, expect, it } from 'vitest';
import { checksum, makeId, toId18 } from './ids.ts';

describe('ids', () => {
  it('adds the checksum of the published example', () => {
    expect(checksum('a0D30000001n7Pi')).toBe('EAI');
    expect(toId18('a0D30000001n7Pi')).toBe('a0D30000001n7PiEAI');
  });

  it('takes 18 characters in any case of the checksum, and refuses a wrong one', () => {
    expect(toId18('a0D30000001n7Pieai')).toBe('a0D30000001n7PiEAI');
    expect(toId18('a0D30000001n7PiEAA')).toBeNull();
  });

  it('refuses other lengths and signs', () => {
    for (const text of ['', 'abc', 'a0D30000001n7P', 'a0D30000001n7PiE', 'a0D30000001n7P-']) {
      expect(toId18(text)).toBeNull();
    }
  });

  it('makes ids of 18 characters that differ', () => {
    const ids = new Set(Array.from({ length: 5000 }, (_, number) => makeId('003', 'gK', number + 1)));
    expect(ids.size).toBe(5000);
    for (const id of ids) expect(toId18(id.slice(0, 15))).toBe(id);
  });
});
