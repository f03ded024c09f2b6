import { describe, expect, it } from 'vitest';
import { shrink } from './shrink.ts';
import { liveInTwo, twoHistory } from './two-histories.ts';

const histories = 200;
/** So few in a test that each stays far from its time limit on a busy machine. */
const together = 25;

describe('6, 9: two workspaces of one org with one integration user', () => {
  it.each(Array.from({ length: histories / together }, (_, at) => 1 + at * together))(
    'agree with its records in both HubSpot accounts, whoever dies: seeds from %i on',
    async (from) => {
      for (let seed = from; seed < from + together; seed += 1) await expectAgreement(seed);
    },
    300_000,
  );
});

async function expectAgreement(seed: number): Promise<void> {
  const history = twoHistory(seed);
  if ((await liveInTwo(history)).length === 0) return;
  const isWrong = async (steps: typeof history.steps) => (await liveInTwo({ ...history, steps })).length > 0;
  const steps = await shrink(history.steps, (some) => isWrong([...some]));
  const wrong = await liveInTwo({ ...history, steps });
  expect({ seed, first: history.first, steps, wrong }).toEqual({ wrong: [] });
}
