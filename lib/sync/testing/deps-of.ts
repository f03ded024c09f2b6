import type { CollectDeps } from '../collect/deps.ts';
import type { Deps } from '../engine/session.ts';
import type { WorkerDeps, World } from './world.ts';

/** All that the engine gets, of one worker. */
export function depsOf(world: World, worker: WorkerDeps): Deps {
  const { store, hubspot, salesforce, collectStore, claims } = worker;
  return {
    ...{ store, hubspot, salesforce, claims },
    newId: () => world.db.newId(),
    bulk: worker.bulk,
    ...(world.atOnce === null ? {} : { atOnce: world.atOnce }),
    isHeld: async () => (await collectStore.openHold(world.db.scope)) !== null,
    ensureProperties: async (_mappings, { properties }) => properties,
  };
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
