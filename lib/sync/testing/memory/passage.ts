import type { Random } from '../random.ts';

/** The process is gone: nothing of it happens any more, but what it sent stays. */
export class Dead extends Error {
  constructor(site: string) {
    super(`The process died at ${site}.`);
    this.name = 'Dead';
  }
}

/** What every call of one worker goes through, before and after it has its effect. */
export type Passage = {
  worker: string;
  pass(site: string): Promise<void>;
  /** A point inside of a transaction: nobody else gets a turn, but the worker may die. */
  step(site: string): void;
};

/** A passage that lets everything through at once. */
export const openPassage: Passage = { worker: 'test', pass: async () => {}, step: () => {} };

export type Mortal = Passage & {
  /** Ends it at once: each of its next calls throws `Dead`. */
  kill(): void;
  isDead(): boolean;
  /** Calls so far. */
  passed(): number;
};

/**
 * Lets several workers take turns in a random order that one seed repeats. Every call of a worker waits here
 * until it is its turn; whoever has nothing to wait for here is not waited for.
 */
export function scheduler(random: Random): { mortal(worker: string, diesAfter?: number): Mortal } {
  const waiting: (() => void)[] = [];
  let isPlanned = false;
  const plan = () => {
    if (isPlanned || waiting.length === 0) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      const [next] = waiting.splice(random.int(waiting.length), 1);
      next?.();
      plan();
    });
  };
  const turn = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      plan();
    });
  return {
    mortal(worker, diesAfter = Number.POSITIVE_INFINITY) {
      let passed = 0;
      let dead = false;
      const step = (site: string) => {
        passed += 1;
        if (passed > diesAfter) dead = true;
        if (dead) throw new Dead(site);
      };
      return {
        worker,
        async pass(site) {
          if (!dead) await turn();
          step(site);
        },
        step,
        kill() {
          dead = true;
        },
        isDead: () => dead,
        passed: () => passed,
      };
    },
  };
}
