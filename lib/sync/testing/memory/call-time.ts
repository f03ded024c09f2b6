import type { VirtualClock } from './clock.ts';

/** When the call began whose effect takes place: it may have been under way for long. */
export type CallTime = { begunAt(): number };

export type SetCallTime = CallTime & { now(): number; set(begunAt: number): void; clear(): void };

/** Between two effects it is as late as the clock says. */
export function callTime(clock: VirtualClock): SetCallTime {
  let begun: number | null = null;
  return {
    begunAt: () => begun ?? clock.ms(),
    now: () => clock.ms(),
    set(begunAt) {
      begun = begunAt;
    },
    clear() {
      begun = null;
    },
  };
}
