import { isOverdue } from '../collect/daily-check.ts';
import type { CollectDeps } from '../collect/deps.ts';
import type { CollectStore } from '../collect/store.ts';
import type { Deps } from '../engine/session.ts';
import { neverChecked } from './memory/collect-store.ts';
import type { WorkerDeps, World } from './world.ts';

/** All that the engine gets, of one worker. */
export function depsOf(world: World, worker: WorkerDeps): Deps {
  const { store, hubspot, salesforce, collectStore, claims } = worker;
  return {
    ...{ store, hubspot, salesforce, claims },
    newId: () => world.db.newId(),
    bulk: worker.bulk,
    ...(world.atOnce === null ? {} : { atOnce: world.atOnce }),
    isHeld: () => isStopped(world, collectStore),
    beside: () => depsOf(world, world.beside(worker)),
    ensureProperties: async (_mappings, { properties }) => properties,
  };
}

/** The circuit breaker waits for a person, or all links must be read before anything is written. */
async function isStopped({ db, clock }: World, store: CollectStore): Promise<boolean> {
  if (await store.openHold(db.scope)) return true;
  return isOverdue(await store.dailyCheck(db.scope), db.connectedAt, clock.now());
}

/** Must all links be read before anything is written? */
export function isUnchecked({ db, clock }: World): boolean {
  const check = db.checks.get('check') ?? neverChecked;
  return isOverdue(check, db.connectedAt, clock.now());
}

/** What collecting works with in a world in memory. */
export function collectDepsOf(world: World, worker: WorkerDeps): CollectDeps {
  const { hubspot, salesforce, collectStore: store } = worker;
  const { manyChanges } = world;
  return {
    ...{ scope: world.db.scope, store, hubspot, salesforce, now: async () => world.clock.now() },
    ...(manyChanges === undefined ? {} : { manyChanges }),
  };
}
