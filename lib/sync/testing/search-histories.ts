import { type History, historyOf, live } from './histories.ts';
import { shrink } from './shrink.ts';

/** A history that went wrong, made as short as possible, with what is wrong at its end. */
export type Finding = { seed: number; wrong: string[]; first: History['first']; steps: History['steps'] };

/** Lives a history; a bug that is thrown counts as wrong as well. */
async function wrongIn(history: History): Promise<string[]> {
  try {
    return await live(history);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Lives the histories of these seeds and stops at the first that goes wrong; null if none does. */
export async function searchHistories(
  from: number,
  count: number,
  of: (seed: number) => History = historyOf,
): Promise<Finding | null> {
  for (let seed = from; seed < from + count; seed += 1) {
    const history = of(seed);
    const wrong = await wrongIn(history);
    if (wrong.length === 0) continue;
    const kind = kindOf(wrong);
    const steps = await shrink(
      history.steps,
      async (some) => kindOf(await wrongIn({ ...history, steps: [...some] })) === kind,
    );
    return { seed, wrong: await wrongIn({ ...history, steps }), first: history.first, steps };
  }
  return null;
}

/** What went wrong first, without the names of those it happened to: so that shrinking keeps to it. */
function kindOf([first = '']: readonly string[]): string {
  return first.replaceAll(/\b\d{4,}\w*|00[\dQ]\w+|".*?"|[a-f]@x\.example/g, '#').slice(0, 80);
}
