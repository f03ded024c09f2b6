import { pause } from './pause.ts';

/** Lets at most `calls` begin in any window of `perMs`; later ones wait their turn, first come first served. */
export type Limiter = {
  take(signal?: AbortSignal): Promise<void>;
  /** What the vendor says its limit is. */
  adjust(calls: number): void;
};

type Time = { now: () => number; wait: (ms: number, signal?: AbortSignal) => Promise<void> };
const realTime: Time = { now: () => performance.now(), wait: pause };

export function createLimiter(calls: number, perMs: number, time: Time = realTime): Limiter {
  const begun: number[] = [];
  let allowed = calls;
  let tail: Promise<void> = Promise.resolve();

  async function waitForRoom(signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      while (begun[0] !== undefined && begun[0] + perMs <= time.now()) begun.shift();
      const first = begun[Math.max(0, begun.length - allowed)];
      if (begun.length < allowed || first === undefined) break;
      await time.wait(first + perMs - time.now(), signal);
    }
    begun.push(time.now());
  }

  return {
    take(signal) {
      const turn = tail.then(() => waitForRoom(signal));
      tail = turn;
      return turn;
    },
    adjust(newCalls) {
      allowed = Math.max(1, newCalls);
    },
  };
}

/** One limiter per account and kind in this process. */
export function limiterRegistry(calls: number, perMs: number): (account: string | undefined) => Limiter {
  const known = new Map<string, Limiter>();
  return (account) => {
    if (account === undefined) return createLimiter(calls, perMs);
    const limiter = known.get(account) ?? createLimiter(calls, perMs);
    known.set(account, limiter);
    return limiter;
  };
}
