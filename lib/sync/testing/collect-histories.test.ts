import { expect, it } from 'vitest';
import { collectHistory, runCollectHistory } from './collect-histories.ts';
import { shrink } from './shrink.ts';

const histories = 400;

it('2, 8: whatever happens and whoever dies, polls and the daily check miss nothing and tell nothing else', async () => {
  for (let seed = 1; seed <= histories; seed += 1) {
    const history = collectHistory(seed);
    const missed = await runCollectHistory(history);
    if (missed.length === 0) continue;
    const isMissed = async (steps: typeof history.steps) =>
      (await runCollectHistory({ ...history, steps })).length > 0;
    const steps = await shrink(history.steps, (some) => isMissed([...some]));
    const shortest = await runCollectHistory({ ...history, steps });
    expect({ seed, first: history.first, steps, missed: shortest }).toEqual({ missed: [] });
  }
});
