import type { VirtualClock } from './clock.ts';

/** A request lasts no longer. */
const longestMs = 60_000;

/** Requests that were on their way when their sender died, or got no answer: they arrive when their time has come. */
export class Adrift {
  readonly #clock: VirtualClock;
  #waiting: { at: number; arrive: () => void }[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** `chance`: at least 0, below 1; tells how long it is on its way. */
  send(arrive: () => void, chance: number): void {
    this.#waiting.push({ at: this.#clock.ms() + Math.floor(chance * longestMs), arrive });
  }

  /** Time passes until then. */
  arriveUntil(end: number): void {
    for (const { at, arrive } of this.#waiting.sort((a, b) => a.at - b.at)) {
      if (at > end) continue;
      this.#clock.advance(Math.max(at - this.#clock.ms(), 0));
      arrive();
    }
    this.#waiting = this.#waiting.filter(({ at }) => at > end);
    this.#clock.advance(end - this.#clock.ms());
  }
}
