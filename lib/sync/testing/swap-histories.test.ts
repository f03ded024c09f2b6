import { describe, expect, it } from 'vitest';
import { type CollectHistory, collectSwapHistory, runCollectHistory } from './collect-histories.ts';
import { searchHistories } from './search-histories.ts';
import { shrink } from './shrink.ts';
import { swapHistory } from './swap-histories.ts';

const histories = 200;
/** So few in a test that each stays far from its time limit on a busy machine. */
const together = 25;
const seeds = Array.from({ length: histories / together }, (_, at) => 1 + at * together);

describe('7, 9: a workspace is connected to another org, to a copy of the first one, and back', () => {
  it.each(seeds)(
    'and every promise is kept in each of them: seeds from %i on',
    async (from) => {
      expect(await searchHistories(from, together, swapHistory)).toBeNull();
    },
    300_000,
  );

  it.each(seeds)('and polls miss nothing and tell nothing else: seeds from %i on', async (from) => {
    for (let seed = from; seed < from + together; seed += 1)
      await expectNothingMissed(collectSwapHistory(seed));
  });
});

async function expectNothingMissed(history: CollectHistory): Promise<void> {
  const missedIn = (steps: CollectHistory['steps']) => runCollectHistory({ ...history, steps });
  if ((await missedIn(history.steps)).length === 0) return;
  const steps = await shrink(history.steps, async (some) => (await missedIn([...some])).length > 0);
  expect({ ...history, steps, missed: await missedIn(steps) }).toEqual({ missed: [] });
}
