import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

/** Three pages, noted as they are read and let go of. */
function threePages(failsAt = 4): { pages: AsyncIterable<number>; log: string[] } {
  const log: string[] = [];
  async function* read() {
    try {
      for (const page of [1, 2, 3]) {
        log.push(`reads ${page}`);
        await Promise.resolve();
        if (page === failsAt) throw new Error('gone');
        yield page;
      }
    } finally {
      log.push('ends');
    }
  }
  return { pages: read(), log };
}

describe('reading ahead', () => {
  it('gives every page once and in order, and reads the next one before this one is done with', async () => {
    const { pages, log } = threePages();
    for await (const page of readAhead(pages)) {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`done ${page}`);
    }
    expect(log).toEqual(['reads 1', 'reads 2', 'done 1', 'reads 3', 'done 2', 'ends', 'done 3']);
  });

  it('lets go of what it reads when the reader turns away', async () => {
    const { pages, log } = threePages();
    for await (const page of readAhead(pages)) if (page === 1) break;
    expect(log).toEqual(['reads 1', 'reads 2', 'ends']);
  });

  it('passes a failure on once its page is asked for, and no sooner', async () => {
    const { pages } = threePages(2);
    const seen: number[] = [];
    const reading = async () => {
      for await (const page of readAhead(pages)) {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(page);
      }
    };
    await expect(reading()).rejects.toThrow('gone');
    expect(seen).toEqual([1]);
  });

  it('a reader that fails itself is heard, though the next page fails as well', async () => {
    const { pages } = threePages(2);
    const reading = async () => {
      for await (const _ of readAhead(pages)) throw new Error('mine');
    };
    await expect(reading()).rejects.toThrow('mine');
  });
});
