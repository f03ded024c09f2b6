import { z } from 'zod';
import { createHubSpot } from '#lib/crm/hubspot/index.ts';
import type { CrmAccess, SalesforceObject, Values } from '#lib/crm/ports.ts';
import { toId18 } from '#lib/crm/salesforce/ids.ts';
import { createSalesforce } from '#lib/crm/salesforce/index.ts';
import { expectValue } from '#lib/testing/crm.ts';
import type { Simulator } from '#lib/testing/simulators.ts';
import type { HubSpotGround } from './hubspot.ts';
import type { SalesforceGround } from './salesforce.ts';

const identified = z.object({ id: z.string() });
const data = '/services/data/v66.0';

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Asks a simulator as a person's browser would; anything but a success is the test's mistake. */
function asking(simulator: Simulator, accessToken: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

/** Access with a token that is fetched anew when the former one has ended. */
function accessTo(simulator: Simulator, who: { user?: string; app?: string }): CrmAccess {
  let current: Promise<{ accessToken: string }> | null = null;
  return {
    async token(rejected) {
      if (rejected !== undefined || !current) current = simulator.tokens(who);
      return { ok: true, value: { accessToken: (await current).accessToken, apiUrl: simulator.url } };
    },
  };
}

/** The contract's ground over the real adapter and the simulator behind it. */
export async function simulatedHubSpotGround(simulator: Simulator): Promise<HubSpotGround> {
  await simulator.reset({ seed: 'empty' });
  // A token of before the clock moved may have ended: each call takes its own.
  const ask: Ask = async (...call) => asking(simulator, (await simulator.tokens()).accessToken)(...call);
  const contacts = '/crm/v3/objects/contacts';
  const idOf = (answer: unknown) => identified.parse(answer).id;
  return {
    port: createHubSpot(accessTo(simulator, {})),
    create: async (properties) => idOf(await ask('POST', contacts, { properties })),
    async update(id, values) {
      const properties = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, value ?? '']),
      );
      await ask('PATCH', `${contacts}/${id}`, { properties });
    },
    archive: async (id) => void (await ask('DELETE', `${contacts}/${id}`)),
    restore: async (id) => void (await ask('POST', '/__control/restore', { id })),
    merge: async (primaryObjectId, objectIdToMerge) =>
      idOf(await ask('POST', `${contacts}/merge`, { primaryObjectId, objectIdToMerge })),
    advance: (ms) => simulator.clock(ms),
  };
}

/** The contract's ground over the real adapter and the simulated org behind it. */
export async function simulatedSalesforceGround(simulator: Simulator): Promise<SalesforceGround> {
  await simulator.reset({ seed: 'empty' });
  await simulator.config({ bulkStepMs: 10, rules: {} });
  // By an app of its own: the sixth log-in of a user in one app ends the first, which may be the workers'.
  const access = accessTo(simulator, { user: 'integration@northwind.example', app: 'classic-salesforce' });
  const port = createSalesforce(access);
  const users = expectValue(await port.users());
  const ask: Ask = async (...call) => asking(simulator, (await simulator.tokens()).accessToken)(...call);
  const soap = async (body: string) => {
    const { accessToken } = await simulator.tokens();
    return callSoap(simulator, accessToken, body);
  };
  const pathOf = (object: SalesforceObject, id = '') => `${data}/sobjects/${object}/${id}`;
  return {
    port,
    us: users.find(({ email }) => email.startsWith('integration'))?.id ?? '',
    create: async (object, values) => toId18(identified.parse(await ask('POST', pathOf(object), values)).id),
    update: async (object, id, values: Values) => void (await ask('PATCH', pathOf(object, id), values)),
    delete: async (object, id) => void (await ask('DELETE', pathOf(object, id))),
    undelete: async (id) => void (await soap(`<undelete><ids>${id}</ids></undelete>`)),
    async merge(object, winnerId, loserId) {
      const master = `<masterRecord><type>${object}</type><Id>${winnerId}</Id></masterRecord>`;
      const request = `${master}<recordToMergeIds>${loserId}</recordToMergeIds>`;
      await soap(`<merge><request>${request}</request></merge>`);
    },
    async convert(leadId) {
      const convert = `<leadId>${leadId}</leadId><convertedStatus>Closed - Converted</convertedStatus>`;
      const text = await soap(
        `<convertLead><leadConverts>${convert}<doNotCreateOpportunity>true</doNotCreateOpportunity></leadConverts></convertLead>`,
      );
      return toId18(/contactId>([^<]+)</.exec(text)?.[1] ?? '');
    },
    lock: async (id) => void (await simulator.config({ rules: { locks: [{ id }] } })),
    async assignTo(ownerId) {
      const rule = { id: '01Q000000000001AAA', object: 'Lead', active: true, entries: [{ ownerId }] };
      await simulator.config({ rules: { assignment: [rule] } });
    },
    async now() {
      const clock = z.object({ now: z.string() });
      return new Date(clock.parse(await ask('POST', '/__control/clock', { advanceMs: 0 })).now);
    },
    advance: (ms) => simulator.clock(ms),
  };
}

async function callSoap(simulator: Simulator, accessToken: string, body: string): Promise<string> {
  const partner = 'urn:partner.soap.sforce.com';
  const header = `<SessionHeader xmlns="${partner}"><sessionId>${accessToken}</sessionId></SessionHeader>`;
  const named = body.replace(/^<(\w+)>/, `<$1 xmlns="${partner}">`);
  const envelope = `<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${header}</e:Header><e:Body>${named}</e:Body></e:Envelope>`;
  const answer = await fetch(`${simulator.url}/services/Soap/u/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: envelope,
  });
  const text = await answer.text();
  if (!answer.ok || !text.includes('<success>true')) throw new Error(`${body}: ${answer.status} ${text}`);
  return text;
}
