import { describe, expect, it } from 'vitest';
import { vendorClock } from './vendor-clock.ts';

const noon = 'Thu, 01 Jan 2026 12:00:00 GMT';

describe('the clock of the other system', () => {
  it('tells a moment by the first answer after it, never later than that answer', () => {
    const clock = vendorClock();
    clock.answered(noon);
    const moment = clock.moment();
    expect(moment()).toBeNull();
    clock.answered(noon);
    expect(moment()?.getTime()).toBeLessThanOrEqual(Date.parse(noon));
    const known = moment();
    clock.answered('Thu, 01 Jan 2026 13:00:00 GMT');
    expect(moment()).toEqual(known);
  });

  it('takes off the time that the answer took', async () => {
    const clock = vendorClock();
    const moment = clock.moment();
    const began = performance.now();
    while (performance.now() - began < 5) await Promise.resolve();
    clock.answered(noon);
    expect(moment()?.getTime()).toBeLessThanOrEqual(Date.parse(noon) - 5);
  });

  it('learns nothing from an answer without a time', () => {
    const clock = vendorClock();
    const moment = clock.moment();
    clock.answered(null);
    clock.answered('soon');
    expect(moment()).toBeNull();
  });
});
