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
  return new VirtualClock(offset, onMove);
}

class VirtualClock implements Clock {
  readonly #waiting = new Set<Waiting>();
  readonly #onMove: (offset: number) => void;
  #followers: (() => void)[] = [];
  #handle: NodeJS.Timeout | undefined;
  #offset: number;

  constructor(offset: number, onMove: (offset: number) => void) {
    this.#offset = offset;
    this.#onMove = onMove;
  }

  get offset() {
    return this.#offset;
  }

  now() {
    return Date.now() + this.#offset;
  }

  iso() {
    return new Date(this.now()).toISOString();
  }

  async advance(ms: number) {
    const target = this.now() + ms;
    for (let first = this.#earliest(); first && first.due <= target; first = this.#earliest()) {
      this.#offset += Math.max(0, first.due - this.now());
      await this.#run(first);
    }
    this.#offset += Math.max(0, target - this.now());
    this.#onMove(this.#offset);
    for (const follower of this.#followers) follower();
    this.#arm();
  }

  after(ms: number, work: () => void | Promise<void>): Timer {
    const each = { due: this.now() + ms, work };
    this.#waiting.add(each);
    this.#arm();
    return { cancel: () => void this.#waiting.delete(each) };
  }

  onAdvance(work: () => void) {
    this.#followers.push(work);
  }

  stop() {
    this.#waiting.clear();
    this.#followers = [];
    clearTimeout(this.#handle);
  }

  #earliest(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const each of this.#waiting) if (!first || each.due < first.due) first = each;
    return first;
  }

  #arm() {
    clearTimeout(this.#handle);
    const first = this.#earliest();
    if (!first) return;
    const wait = Math.min(Math.max(0, first.due - this.now()), LONGEST_WAIT);
    this.#handle = setTimeout(() => void this.#runDue(), wait);
    this.#handle.unref();
  }

  async #runDue() {
    for (let first = this.#earliest(); first && first.due <= this.now(); first = this.#earliest()) {
      await this.#run(first);
    }
    this.#arm();
  }

  async #run(each: Waiting) {
    this.#waiting.delete(each);
    try {
      await each.work();
    } catch (error) {
      console.error('A timer of the simulator failed:', error);
    }
  }
}
