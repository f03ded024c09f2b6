/** The simulator's time: real time plus an offset that only grows. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** `now()` in ISO 8601. */
  iso(): string;
  /** Moves time forward and runs what falls due on the way, in order, each at its own moment. */
  advance(ms: number): Promise<void>;
  /** Runs `work` once `ms` of virtual time have passed. */
  after(ms: number, work: () => void | Promise<void>): Timer;
  /** Runs `work` after every `advance`, at the moment it led to. */
  onAdvance(work: () => void): void;
  readonly offset: number;
  /** Forgets every timer, and whoever wants to know of an advance. */
  stop(): void;
}

export interface Timer {
  cancel(): void;
}

interface Waiting {
  due: number;
  work: () => void | Promise<void>;
}

/** Real timers cannot wait longer than 2^31 - 1 ms. */
const LONGEST_WAIT = 2_000_000_000;

/** Starts a clock at `offset` ms from real time; `onMove` is told each new offset, so that it can be kept. */
export function createClock(offset = 0, onMove: (offset: number) => void = () => {}): Clock {
  const waiting = new Set<Waiting>();
  let followers: (() => void)[] = [];
  let handle: NodeJS.Timeout | undefined;

  const now = () => Date.now() + offset;
  const earliest = () => {
    let first: Waiting | undefined;
    for (const each of waiting) if (!first || each.due < first.due) first = each;
    return first;
  };
  const arm = () => {
    clearTimeout(handle);
    const first = earliest();
    if (!first) return;
    handle = setTimeout(() => void runDue(), Math.min(Math.max(0, first.due - now()), LONGEST_WAIT));
    handle.unref();
  };
  const run = async (each: Waiting) => {
    waiting.delete(each);
    try {
      await each.work();
    } catch (error) {
      console.error('A timer of the simulator failed:', error);
    }
  };
  const runDue = async () => {
    for (let first = earliest(); first && first.due <= now(); first = earliest()) await run(first);
    arm();
  };

  return {
    now,
    iso: () => new Date(now()).toISOString(),
    async advance(ms) {
      const target = now() + ms;
      for (let first = earliest(); first && first.due <= target; first = earliest()) {
        offset += Math.max(0, first.due - now());
        await run(first);
      }
      offset += Math.max(0, target - now());
      onMove(offset);
      for (const follower of followers) follower();
      arm();
    },
    after(ms, work) {
      const each = { due: now() + ms, work };
      waiting.add(each);
      arm();
      return { cancel: () => void waiting.delete(each) };
    },
    onAdvance(work) {
      followers.push(work);
    },
    get offset() {
      return offset;
    },
    stop() {
      waiting.clear();
      followers = [];
      clearTimeout(handle);
    },
  };
}
