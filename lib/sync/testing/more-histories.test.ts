import { describe, expect, it } from 'vitest';
import { searchHistories } from './search-histories.ts';

const histories = 1_000;
const together = 100;

describe('9: random histories, the second half', () => {
  it.each(Array.from({ length: histories / together }, (_, at) => 1_001 + at * together))(
    'seeds from %i on keep every promise',
    async (from) => {
      expect(await searchHistories(from, together)).toBeNull();
    },
    300_000,
  );
});
