import type { VendorClock } from '#lib/crm/vendor-clock.ts';

/** The only time there is for CRMs and stores in memory; it stands still until it is moved. */
export type VirtualClock = {
  now(): Date;
  ms(): number;
  advance(ms: number): void;
};

/** The clock of a system in memory, as its answers would tell it. */
export function shownBy({ now }: VirtualClock): VendorClock {
  return {
    moment() {
      const at = now();
      return () => at;
    },
  };
}

export const beginning = Date.parse('2026-03-02T08:00:00.000Z');

export function virtualClock(start = beginning): VirtualClock {
  let ms = start;
  return {
    now: () => new Date(ms),
    ms: () => ms,
    advance(by) {
      if (by < 0) throw new RangeError('Time only goes forward.');
      ms += by;
    },
  };
}
