import { expectValue } from '#lib/testing/crm.ts';
import { virtualClock } from '../memory/clock.ts';
import { HubSpotAccount } from '../memory/hubspot-account.ts';
import { hubspotPort } from '../memory/hubspot-port.ts';
import { SalesforceOrg } from '../memory/salesforce-org.ts';
import { salesforcePort } from '../memory/salesforce-port.ts';
import type { HubSpotGround } from './hubspot.ts';
import type { SalesforceGround } from './salesforce.ts';

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
