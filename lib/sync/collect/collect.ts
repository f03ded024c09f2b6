import { checkBreaker } from './breaker.ts';
import { checkDaily } from './daily-check.ts';
import { type CollectDeps, type Collecting, type CollectTrouble, objects } from './deps.ts';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { pollSegment } from './poll-segment.ts';
import { beginCursors } from './read-changes.ts';
import type { Hold, Source } from './store.ts';

export type PollEnd = {
  /** How many triggers were put into the inbox. */
  found: number;
  /** It is not at its end; the next poll goes on there. */
  left: boolean;
  /** Which sources this poll has read to their end, in this turn or before it. */
  done: Source[];
  /** One per part that failed; the others were collected. */
  troubles: CollectTrouble[];
  hold: Hold | null;
};

type Part = { source: Source | null; run: () => Promise<Collecting> };

/**
 * One poll: memberships first, for they say who would be created; then the changes of both sides, once a day
 * the check of all links, and the circuit breaker. It only collects. A side that fails holds up no other.
 * `done`: what earlier turns of the same poll have read to the end. It is not read again, for all that has changed
 * in the overlap would be.
 */
export async function collect(deps: CollectDeps, done: readonly Source[] = []): Promise<PollEnd> {
  await beginCursors(deps);
  const parts: Part[] = [
    { source: null, run: () => pollSegment(deps) },
    { source: 'hubspot', run: () => pollHubSpot(deps) },
    ...objects.map((object) => ({ source: object, run: () => pollSalesforce(deps, object) })),
    { source: null, run: () => checkDaily(deps) },
  ];
  const end: PollEnd = { found: 0, left: false, done: [...done], troubles: [], hold: null };
  for (const { source, run } of parts) {
    if (source && done.includes(source)) continue;
    if (deps.isEnough?.()) {
      end.left = true;
      break;
    }
    const result = await run();
    if (!result.ok) end.troubles.push(result.failure);
    else {
      end.found += result.value.found;
      end.left ||= result.value.left;
      if (source && !result.value.left) end.done.push(source);
    }
  }
  return { ...end, hold: await checkBreaker(deps) };
}
