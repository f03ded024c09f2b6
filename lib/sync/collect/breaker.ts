import { type CollectDeps, type Counting, later } from './deps.ts';
import type { AlarmCount, AlarmKind, Collected, Hold, HoldCause, Population } from './store.ts';

const dayMs = 24 * 60 * 60_000;

/** However few people there are, fewer than this never stop the writing. */
const floors: Record<AlarmKind, number> = {
  sides: 100,
  created_salesforce: 100,
  created_hubspot: 100,
  archived: 10,
  blanked: 100,
};

const causes: Record<AlarmKind, HoldCause> = {
  sides: 'sides',
  created_salesforce: 'creations',
  created_hubspot: 'creations',
  archived: 'deletions',
  blanked: 'blanking',
};

/** What happens to so many people at once that a person must look at it first (sync rules, section 8). */
export function exceeding(
  counts: readonly AlarmCount[],
  population: Population,
  sharePercent: number,
): AlarmCount[] {
  return counts.filter(({ kind, key, people }) => {
    // Who was emptied had a value before.
    const all = peopleOf(kind, key, population) + (kind === 'blanked' ? people : 0);
    return people > Math.max(floors[kind], (all * sharePercent) / 100);
  });
}

function peopleOf(kind: AlarmKind, key: string, population: Population): number {
  switch (kind) {
    case 'sides':
    case 'archived':
      return population.linked;
    case 'created_salesforce':
    case 'created_hubspot':
      return population.known;
    case 'blanked':
      return population.filled[key] ?? 0;
  }
}

/**
 * Counts what waits in the inbox before anything of it is written, over 24 hours or since a person last
 * confirmed, and stops the writing if it is too much. While it is stopped nothing passes by growing old: it
 * waits for a person, and ends by itself only if the settings allow as much by now.
 */
export async function checkBreaker({ scope, store, now }: Counting): Promise<Hold | null> {
  const at = await now();
  const open = await store.openHold(scope);
  if (open?.cause === 'switch') return open;
  const since = await countedSince({ scope, store }, open?.since ?? at);
  const counts = await store.countAlarms(scope, since);
  // The population is counted only when it may matter.
  const many = counts.filter(({ kind, people }) => people > floors[kind]);
  const settings = await store.settings(scope);
  const population = many.length > 0 ? await store.population(scope, blankedKeys(many)) : null;
  const tooMany = population ? exceeding(many, population, settings.breakerShare) : [];
  const [first] = tooMany;
  if (!first) {
    if (open) await store.endHold(scope, open.id, at);
    return null;
  }
  if (open) return open;
  await store.putHold(scope, { cause: causes[first.kind], changeId: null, counts: tooMany, since: at });
  return store.openHold(scope);
}

/** Since when is counted for a stop at a moment: 24 hours, or the last confirmation. */
async function countedSince({ scope, store }: Pick<Counting, 'scope' | 'store'>, at: Date): Promise<Date> {
  return later(new Date(at.getTime() - dayMs), (await store.lastConfirmation(scope)) ?? new Date(0));
}

/**
 * Whoever is on the same side again as before the writing stopped counts no more: so going back to the former
 * criteria ends the stop. The segment's membership has to be known as it is now.
 */
export async function forgetReturned({ scope, store }: Counting, listId: string): Promise<void> {
  const open = await store.openHold(scope);
  if (open?.cause !== 'sides') return;
  const { inclusionListId } = await store.settings(scope);
  const watch = (await store.watches(scope)).find((each) => each.listId === listId);
  if (listId !== inclusionListId || !watch?.baselineAt) return;
  // What was stored of the segment before it was chosen tells nobody's side.
  const since = later(await countedSince({ scope, store }, open.since), watch.baselineAt);
  await store.forgetReturned(scope, listId, since);
}

/**
 * Stores what was collected. What it adds to the counts is counted first, page by page: what stops the writing
 * has stopped it before anybody can work on it.
 */
export async function commitCounted(deps: CollectDeps, collected: Collected): Promise<void> {
  const { alarms = [], ...rest } = collected;
  if (alarms.length > 0) {
    await deps.store.commit(deps.scope, { alarms });
    await checkBreaker(deps);
  }
  await deps.store.commit(deps.scope, rest);
}

function blankedKeys(counts: readonly AlarmCount[]): string[] {
  return counts.flatMap(({ kind, key }) => (kind === 'blanked' ? [key] : []));
}
