import { describe, expect, it } from 'vitest';
import { collectHistory, runCollectHistory } from './collect-histories.ts';
import { shrink } from './shrink.ts';

const histories = 400;
/** So few in a test that each stays far from its time limit on a busy machine. */
const together = 50;

describe('2, 8: whatever happens and whoever dies, polls and the daily check miss nothing and tell nothing else', () => {
  it.each(Array.from({ length: histories / together }, (_, at) => 1 + at * together))(
    'seeds from %d on',
    async (first) => {
      for (let seed = first; seed < first + together; seed += 1) await expectNothingMissed(seed);
    },
  );
});

async function expectNothingMissed(seed: number): Promise<void> {
  const history = collectHistory(seed);
  const missed = await runCollectHistory(history);
  if (missed.length === 0) return;
  const isMissed = async (steps: typeof history.steps) =>
    (await runCollectHistory({ ...history, steps })).length > 0;
  const steps = await shrink(history.steps, (some) => isMissed([...some]));
  const shortest = await runCollectHistory({ ...history, steps });
  expect({ seed, first: history.first, steps, missed: shortest }).toEqual({ missed: [] });
}
