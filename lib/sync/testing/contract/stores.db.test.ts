import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { collectStore } from '../../server/collect-store.ts';
import { openStore } from '../../server/store.ts';
import { collectStoreContract } from './collect-store.ts';
import { joinersContract } from './joiners.ts';
import { scanStoreContract } from './scan-store.ts';
import { syncRunContract } from './sync-runs.ts';
import { syncStoreContract } from './sync-store.ts';

testDatabase();

async function newScope(orgId: string = randomUUID()) {
  const { workspaceId } = await createWorkspace();
  return { workspaceId, orgId };
}

async function openSync() {
  const scope = await newScope();
  return {
    store: openStore(scope),
    neighbour: async () => openStore(await newScope(scope.orgId)),
    newId: randomUUID,
  };
}

async function openCollect() {
  const scope = await newScope();
  return { store: collectStore(), scope, sync: openStore(scope), newId: randomUUID };
}

describe('the stores over Postgres', () => {
  describe('of the engine', () => syncStoreContract(openSync));
  describe('of runs', () => syncRunContract(openSync));
  describe('of scans', () => scanStoreContract(openSync));
  describe('of collecting', () => {
    collectStoreContract(openCollect);
    joinersContract(openCollect);
  });
});
