/** Chance that can be repeated: one seed, one sequence (the mulberry32 generator). */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, at least 0 and below `limit`. */
  int(limit: number): number;
  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
};

/** A source of chance that gives the same sequence for the same seed. */
export function randomOf(seed: number): Random {
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
    chance: (probability) => next() < probability,
    pick(items) {
      const at = int(items.length);
      for (const [position, item] of items.entries()) if (position === at) return item;
      throw new RangeError('There is nothing to pick from.');
    },
  };
}
