/** What the clock of the other system shows. Cursors go by it alone: ours may be wrong. */
export type VendorClock = {
  /**
   * Notes this moment. What comes back tells when that was by the system's own clock, up to a second too early and
   * never too late; null as long as it has not answered since.
   */
  moment(): () => Date | null;
};

/** A clock that learns from the `Date` of every answer (RFC 9110, 6.6.1). */
export function vendorClock(): VendorClock & { answered(date: string | null): void } {
  let waiting: ((shown: number) => void)[] = [];
  return {
    moment() {
      const notedAt = performance.now();
      let known: Date | null = null;
      waiting.push((shown) => {
        // The answer may have been on its way for all that time.
        known = new Date(shown - Math.ceil(performance.now() - notedAt));
      });
      return () => known;
    },
    answered(date) {
      const shown = Date.parse(date ?? '');
      if (Number.isNaN(shown)) return;
      for (const tell of waiting) tell(shown);
      waiting = [];
    },
  };
}
