import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { collectStore } from '../../server/collect-store.ts';
import { openStore } from '../../server/store.ts';
import { collectStoreContract } from './collect-store.ts';
import { syncRunContract } from './sync-runs.ts';
import { syncStoreContract } from './sync-store.ts';

testDatabase();

async function newScope() {
  const { workspaceId } = await createWorkspace();
  return { workspaceId, orgId: '00D000000000001AAA' };
}
const openSync = async () => ({ store: openStore(await newScope()), newId: randomUUID });

describe('the stores over Postgres', () => {
  describe('of the engine', () => syncStoreContract(openSync));
  describe('of runs', () => syncRunContract(openSync));
  describe('of collecting', () =>
    collectStoreContract(async () => {
      const scope = await newScope();
      return { store: collectStore(), scope, sync: openStore(scope), newId: randomUUID };
    }));
});
