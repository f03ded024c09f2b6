import { pause } from './pause.ts';

/**
 * Lets at most `calls` begin in any window of `perMs`; later ones wait their turn, first come first served, but
 * whoever is patient lets the others go first.
 */
export type Limiter = {
  take(signal?: AbortSignal, isPatient?: boolean): Promise<void>;
  /** What the vendor says its limit is. */
  adjust(calls: number): void;
};

type Time = { now: () => number; wait: (ms: number, signal?: AbortSignal) => Promise<void> };
const realTime: Time = { now: () => performance.now(), wait: pause };

type Waiter = { isPatient: boolean; begin: () => void };

export function createLimiter(calls: number, perMs: number, time: Time = realTime): Limiter {
  const begun: number[] = [];
  const waiting: Waiter[] = [];
  let allowed = calls;
  let isServing = false;
  /** Of the wait for room. */
  let wait = new AbortController();

  /** Milliseconds until the next one may begin. */
  function untilRoom(): number {
    while (begun[0] !== undefined && begun[0] + perMs <= time.now()) begun.shift();
    const first = begun[Math.max(0, begun.length - allowed)];
    return begun.length < allowed || first === undefined ? 0 : first + perMs - time.now();
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
        begun.push(time.now());
        takeNext(waiting)?.begin();
      }
    }
    isServing = false;
  }

  return {
    take(signal, isPatient = false) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const waiter: Waiter = {
          isPatient,
          begin: () => {
            signal?.removeEventListener('abort', giveUp);
            resolve();
          },
        };
        const giveUp = () => {
          const at = waiting.indexOf(waiter);
          if (at >= 0) waiting.splice(at, 1);
          if (waiting.length === 0) wait.abort();
          resolve();
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
