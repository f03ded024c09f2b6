import { checkBreaker } from './breaker.ts';
import { checkDaily } from './daily-check.ts';
import { type CollectDeps, type Collecting, type CollectTrouble, objects } from './deps.ts';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { pollSegment } from './poll-segment.ts';
import { beginCursors } from './read-changes.ts';
import type { Hold } from './store.ts';

export type PollEnd = {
  /** How many triggers were put into the inbox. */
  found: number;
  /** It is not at its end; the next poll goes on there. */
  left: boolean;
  /** One per part that failed; the others were collected. */
  troubles: CollectTrouble[];
  hold: Hold | null;
};

/**
 * One poll: memberships first, for they say who would be created; then the changes of both sides, once a day
 * the check of all links, and the circuit breaker. It only collects. A side that fails holds up no other.
 */
export async function collect(deps: CollectDeps): Promise<PollEnd> {
  await beginCursors(deps);
  const parts: (() => Promise<Collecting>)[] = [
    () => pollSegment(deps),
    () => pollHubSpot(deps),
    ...objects.map((object) => () => pollSalesforce(deps, object)),
    () => checkDaily(deps),
  ];
  const end: PollEnd = { found: 0, left: false, troubles: [], hold: null };
  for (const part of parts) {
    if (deps.isEnough?.()) {
      end.left = true;
      break;
    }
    const result = await part();
    if (!result.ok) end.troubles.push(result.failure);
    else {
      end.found += result.value.found;
      end.left ||= result.value.left;
    }
  }
  return { ...end, hold: await checkBreaker(deps) };
}
