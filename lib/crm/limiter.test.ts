import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

/** Time that passes only while somebody waits. */
function waitingTime() {
  let ms = 0;
  return {
    now: () => ms,
    wait: async (duration: number) => {
      ms += duration;
    },
  };
}

async function startsOf(limiter: ReturnType<typeof createLimiter>, now: () => number, calls: number) {
  const starts: number[] = [];
  await Promise.all(Array.from({ length: calls }, () => limiter.take().then(() => starts.push(now()))));
  return starts;
}

describe('createLimiter', () => {
  it('lets a burst through and keeps the rest for the next window', async () => {
    const time = waitingTime();
    const starts = await startsOf(createLimiter(3, 1_000, time), time.now, 8);
    expect(starts).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_000]);
  });

  it('follows the limit that the vendor tells, up and down', async () => {
    const time = waitingTime();
    const limiter = createLimiter(2, 1_000, time);
    limiter.adjust(4);
    expect(await startsOf(limiter, time.now, 5)).toEqual([0, 0, 0, 0, 1_000]);
    limiter.adjust(1);
    expect(await startsOf(limiter, time.now, 2)).toEqual([2_000, 3_000]);
  });

  it('does not hold up what was aborted', async () => {
    const time = waitingTime();
    const limiter = createLimiter(1, 1_000, time);
    await limiter.take();
    await limiter.take(AbortSignal.abort());
    expect(time.now()).toBe(0);
  });
});
