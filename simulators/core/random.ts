/** A repeatable source of chance: the same seed gives the same sequence (the mulberry32 generator). */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, at least 0 and below `limit`. */
  int(limit: number): number;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    int,
    pick(list) {
      if (list.length === 0) throw new RangeError('Nothing to pick from.');
      return list[int(list.length)] as (typeof list)[number];
    },
    shuffle(list) {
      const result = [...list];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = int(last + 1);
        const held = result[last] as (typeof list)[number];
        result[last] = result[other] as (typeof list)[number];
        result[other] = held;
      }
      return result;
    },
  };
}
