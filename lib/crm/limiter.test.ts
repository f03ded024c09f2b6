import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

/** Time that passes only while somebody waits. */
function waitingTime() {
  let ms = 0;
  return {
    now: () => ms,
    wait: async (duration: number) => {
      // Whoever may begin does so before time goes on.
      await new Promise((resolve) => setImmediate(resolve));
      ms += duration;
    },
  };
}

async function startsOf(limiter: ReturnType<typeof createLimiter>, now: () => number, calls: number) {
  const starts: number[] = [];
  const call = async () => {
    const answered = await limiter.take();
    starts.push(now());
    answered();
  };
  await Promise.all(Array.from({ length: calls }, call));
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

  it('lets the patient wait for all others, and begin as before among themselves', async () => {
    const time = waitingTime();
    const limiter = createLimiter(2, 1_000, time);
    const begun: string[] = [];
    const take = (name: string, isPatient: boolean) =>
      limiter.take(undefined, isPatient).then((answered) => {
        begun.push(`${name} ${time.now()}`);
        answered();
      });
    await Promise.all([
      ...['size 1', 'size 2', 'size 3', 'size 4'].map((name) => take(name, true)),
      ...['preview 1', 'preview 2'].map((name) => take(name, false)),
    ]);
    // What had room at once has begun before anybody else came.
    expect(begun).toEqual([
      ...['size 1 0', 'size 2 0', 'preview 1 1000', 'preview 2 1000', 'size 3 2000', 'size 4 2000'],
    ]);
  });

  it('gives the place of one who gives up to the next, and ends its wait with the last', async () => {
    const time = waitingTime();
    const waits: (AbortSignal | undefined)[] = [];
    const limiter = createLimiter(1, 1_000, {
      now: time.now,
      wait: (ms, signal) => {
        waits.push(signal);
        return new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve());
          release = () => time.wait(ms).then(resolve);
        });
      },
    });
    let release = async () => {};
    (await limiter.take())();
    const [first, second] = [new AbortController(), new AbortController()];
    const starts: number[] = [];
    const gone = limiter.take(first.signal);
    const stays = limiter.take(second.signal).then((answered) => {
      starts.push(time.now());
      answered();
    });
    first.abort();
    await gone;
    await release();
    await stays;
    expect(starts).toEqual([1_000]);
    const last = new AbortController();
    const given = limiter.take(last.signal);
    last.abort();
    await given;
    expect(waits.at(-1)?.aborted).toBe(true);
  });

  it('counts a call from its answer on, for the vendor may have counted it as late', async () => {
    const time = waitingTime();
    const limiter = createLimiter(1, 1_000, time);
    const answered = await limiter.take();
    await time.wait(300);
    answered();
    await limiter.take();
    expect(time.now()).toBe(1_300);
  });

  it('does not hold up what was aborted', async () => {
    const time = waitingTime();
    const limiter = createLimiter(1, 1_000, time);
    await limiter.take();
    await limiter.take(AbortSignal.abort());
    expect(time.now()).toBe(0);
  });
});
