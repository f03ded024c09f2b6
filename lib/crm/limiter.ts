import { pause } from './pause.ts';

/**
 * Lets the vendor count at most `calls` in any window of `perMs`; later ones wait their turn, first come first served, but
 * whoever is patient lets the others go first.
 */
export type Limiter = {
  /**
   * Waits until there is room. What it gives is to be called once the call has been answered: only then it is certain
   * that the vendor has counted it, so that its place is free `perMs` later.
   */
  take(signal?: AbortSignal, isPatient?: boolean): Promise<() => void>;
  /** What the vendor says its limit is. */
  adjust(calls: number): void;
};

type Time = { now: () => number; wait: (ms: number, signal?: AbortSignal) => Promise<void> };
const realTime: Time = { now: () => performance.now(), wait: pause };

type Waiter = { isPatient: boolean; begin: () => void };

export function createLimiter(calls: number, perMs: number, time: Time = realTime): Limiter {
  /** When calls of the last window were answered, the oldest first. */
  const answered: number[] = [];
  let underWay = 0;
  const waiting: Waiter[] = [];
  let allowed = calls;
  let isServing = false;
  /** Of the wait for room. */
  let wait = new AbortController();

  /** Milliseconds until the next one may begin. */
  function untilRoom(): number {
    while (answered[0] !== undefined && answered[0] + perMs <= time.now()) answered.shift();
    const tooMany = underWay + answered.length - allowed;
    // A place of a call under way is free after a whole window at the earliest.
    return tooMany < 0 ? 0 : (answered[tooMany] ?? time.now()) + perMs - time.now();
  }

  async function serve(): Promise<void> {
    if (isServing) return;
    isServing = true;
    while (waiting.length > 0) {
      const ms = untilRoom();
      if (ms > 0) {
        wait = new AbortController();
        await time.wait(ms, wait.signal);
      } else {
        underWay += 1;
        takeNext(waiting)?.begin();
      }
    }
    isServing = false;
  }

  function isAnswered(): void {
    underWay -= 1;
    answered.push(time.now());
  }

  return {
    take(signal, isPatient = false) {
      if (signal?.aborted) return Promise.resolve(() => undefined);
      return new Promise((resolve) => {
        const waiter: Waiter = {
          isPatient,
          begin: () => {
            signal?.removeEventListener('abort', giveUp);
            resolve(isAnswered);
          },
        };
        const giveUp = () => {
          const at = waiting.indexOf(waiter);
          if (at >= 0) waiting.splice(at, 1);
          if (waiting.length === 0) wait.abort();
          resolve(() => undefined);
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.push(waiter);
        void serve();
      });
    },
    adjust(newCalls) {
      allowed = Math.max(1, newCalls);
    },
  };
}

/** Who begins next: the first who is not patient, else the first. */
function takeNext(waiting: Waiter[]): Waiter | undefined {
  const at = waiting.findIndex(({ isPatient }) => !isPatient);
  return waiting.splice(Math.max(at, 0), 1)[0];
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
