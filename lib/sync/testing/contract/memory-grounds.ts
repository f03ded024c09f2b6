import { expectValue } from '#lib/testing/crm.ts';
import { virtualClock } from '../memory/clock.ts';
import { memoryCollectStore } from '../memory/collect-store.ts';
import { MemoryDatabase } from '../memory/database.ts';
import { HubSpotAccount } from '../memory/hubspot-account.ts';
import { hubspotPort } from '../memory/hubspot-port.ts';
import { openPassage } from '../memory/passage.ts';
import { SalesforceOrg } from '../memory/salesforce-org.ts';
import { salesforcePort } from '../memory/salesforce-port.ts';
import { memorySyncStore } from '../memory/sync-store.ts';
import type { CollectStoreGround } from './collect-store.ts';
import type { HubSpotGround } from './hubspot.ts';
import type { SalesforceGround } from './salesforce.ts';
import type { SyncStoreGround } from './sync-store.ts';

/** The contract's ground over a HubSpot account in memory. */
export async function memoryHubSpotGround(): Promise<HubSpotGround> {
  const clock = virtualClock();
  const account = new HubSpotAccount(clock);
  return {
    port: hubspotPort(account),
    create: async (values) => expectValue(account.create(values)).id,
    update: async (id, values) => void expectValue(account.update(id, values)),
    archive: async (id) => account.archive(id),
    restore: async (id) => void account.restore(id),
    merge: async (primaryId, otherId) => account.merge(primaryId, otherId),
    advance: async (ms) => clock.advance(ms),
  };
}

/** The contract's ground over a Salesforce org in memory. */
export async function memorySalesforceGround(): Promise<SalesforceGround> {
  const clock = virtualClock();
  const org = new SalesforceOrg(clock);
  return {
    port: salesforcePort(org),
    us: org.integrationUserId,
    create: async (object, values) => expectValue(org.create(object, values)).id,
    update: async (_object, id, values) => void expectValue(org.update(id, values)),
    delete: async (_object, id) => org.delete(id),
    undelete: async (id) => org.undelete(id),
    merge: async (_object, winnerId, loserId) => org.merge(winnerId, loserId),
    convert: async (leadId) => org.convert(leadId),
    lock: async (id) => void org.locks.set(id, 1),
    assignTo: async (userId) => {
      org.assignsTo = userId;
    },
    now: async () => clock.now(),
    advance: async (ms) => clock.advance(ms),
  };
}

const scope = { workspaceId: '00000000-0000-4000-9000-000000000001', orgId: '00D000000000001AAA' };

/** The contract's ground over a database in memory. */
export async function memoryStoreGround(): Promise<SyncStoreGround & { db: MemoryDatabase }> {
  const clock = virtualClock();
  const db = new MemoryDatabase(clock, scope);
  return {
    db,
    store: memorySyncStore(db, openPassage),
    async neighbour() {
      const other = new MemoryDatabase(clock, { ...scope, workspaceId: db.newId() });
      db.neighbours.push(other);
      return memorySyncStore(other, openPassage);
    },
    newId: () => db.newId(),
  };
}

/** The contract's ground for collecting, over a database in memory. */
export async function memoryCollectGround(): Promise<CollectStoreGround> {
  const { db, store, newId } = await memoryStoreGround();
  return { store: memoryCollectStore(db, openPassage), scope, sync: store, newId };
}
