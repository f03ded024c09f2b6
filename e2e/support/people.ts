import { type APIRequestContext, expect } from '@playwright/test';
import { chunk } from '#lib/core/chunk.ts';
import { hubspotApi, moveClock, salesforce, salesforceUrl, soql } from './app.ts';
import { listIdOf } from './segment-editor.ts';

/** A segment of the demo data, and what makes a contact a member of it. */
export const salesReady = {
  name: 'Sales-ready contacts, EMEA and US',
  member: { lifecyclestage: 'salesqualifiedlead', country: 'Germany' },
  outside: { lifecyclestage: 'subscriber', country: 'Germany' },
};

/** Changes one setting as it is now. */
export async function changeSetting(app: APIRequestContext, key: string, value: unknown): Promise<void> {
  const { version } = (await (await app.get('/api/settings')).json()) as { version: number };
  const answer = await app.patch('/api/settings', { data: { key, value, version } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** The segment limits what syncs, and its 60 seconds are over. */
export async function limitTo(app: APIRequestContext, name: string): Promise<void> {
  await changeSetting(app, 'inclusionListId', await listIdOf(name));
  await moveClock(61_000);
}

/** Asks Salesforce itself, by its API. */
export async function salesforceApi(method: string, path: string, body?: object): Promise<unknown> {
  const { accessToken } = (await salesforce.post('tokens')) as { accessToken: string };
  const response = await fetch(`${salesforceUrl}/services/data/v66.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.ok, `${path}: ${text}`).toBe(true);
  return text === '' ? undefined : JSON.parse(text);
}

const mostRecords = 200;

/** Creates records of one object in Salesforce; answers their ids in the same order. */
export async function addRecords(type: string, records: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (const part of chunk(records, mostRecords)) {
    const answers = (await salesforceApi('POST', 'composite/sobjects', {
      allOrNone: true,
      records: part.map((values) => ({ attributes: { type }, ...values })),
    })) as { id: string; success: boolean }[];
    expect(answers.filter(({ success }) => !success)).toEqual([]);
    ids.push(...answers.map(({ id }) => id));
  }
  return ids;
}

/** Leads in an active campaign of this name; answers their ids. */
export async function addCampaign(name: string, leads: readonly object[]): Promise<string[]> {
  const [CampaignId] = await addRecords('Campaign', [{ Name: name, IsActive: true }]);
  const ids = await addRecords('Lead', leads);
  await addRecords(
    'CampaignMember',
    ids.map((LeadId) => ({ CampaignId, LeadId })),
  );
  return ids;
}

/** Creates a contact in HubSpot; answers its id. */
export async function addContact(properties: object): Promise<string> {
  return ((await hubspotApi('POST', '/crm/v3/objects/contacts', { properties })) as { id: string }).id;
}

type Found = { id: string; properties: Record<string, string | null> };

/** HubSpot's contact of an address as it is now (a search shows it only a moment later); null: there is none. */
export async function contactOf(email: string, properties: string[]): Promise<Found | null> {
  const { results } = (await hubspotApi('POST', '/crm/v3/objects/contacts/batch/read', {
    idProperty: 'email',
    inputs: [{ id: email }],
    properties,
  })) as { results: Found[] };
  return results[0] ?? null;
}

export type Member = { id: string; email: string; name: string };

const quoted = (value: string) => `'${value.replace(/['\\]/g, '\\$&')}'`;
const inLead = (lastName: unknown, company: unknown) => `${lastName} ${company}`.toLowerCase();

/**
 * Members of the segment whom Salesforce does not know, complete, and triggered by nothing so far; in the order of
 * their ids. The demo data has people whose double by name and company is a Lead: these are left out.
 */
export async function quietMembers(name: string): Promise<Member[]> {
  const { results } = (await hubspotApi(
    'GET',
    `/crm/v3/lists/${await listIdOf(name)}/memberships?limit=100`,
  )) as { results: { recordId: string }[] };
  const read = (await hubspotApi('POST', '/crm/v3/objects/contacts/batch/read', {
    inputs: results.map(({ recordId }) => ({ id: recordId })),
    properties: ['email', 'firstname', 'lastname', 'company'],
  })) as { results: Found[] };
  const whole = read.results
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, properties: { email, firstname, lastname, company } }) =>
      email && firstname && lastname && company
        ? [
            {
              lead: inLead(lastname, company),
              lastname,
              member: { id, email, name: `${firstname} ${lastname}` },
            },
          ]
        : [],
    );
  const addresses = whole.map(({ member }) => quoted(member.email)).join(', ');
  const names = whole.map(({ lastname }) => quoted(lastname)).join(', ');
  const taken = await Promise.all(
    ['Lead', 'Contact'].map((object) => soql(`SELECT Email FROM ${object} WHERE Email IN (${addresses})`)),
  );
  const known = new Set(taken.flat().map(({ Email }) => String(Email).toLowerCase()));
  const doubles = await soql(`SELECT LastName, Company FROM Lead WHERE LastName IN (${names})`);
  const held = new Set(doubles.map(({ LastName, Company }) => inLead(LastName, Company)));
  return whole.flatMap(({ lead, member }) =>
    known.has(member.email.toLowerCase()) || held.has(lead) ? [] : [member],
  );
}

type State = {
  outcome: { result: string; reason: string | null } | null;
  waiting: { for: string | null } | null;
};

/** What became of a contact, and what it waits for. */
export async function stateOf(app: APIRequestContext, id: string): Promise<State> {
  return (await (await app.get(`/api/contacts/${id}/sync?since=2026-01-01T00:00:00Z`)).json()) as State;
}

/**
 * Both sides are looked at until `check` says so. Whoever of these contacts waits for HubSpot's membership to be
 * certain does so for a minute: then, and only then, the clocks move.
 */
export function whenSynced<T>(
  app: APIRequestContext,
  ids: () => readonly string[],
  check: () => Promise<T>,
): ReturnType<typeof expect.poll<T>> {
  return expect.poll(
    async () => {
      const done = await check();
      const states = await Promise.all(ids().map((id) => stateOf(app, id)));
      if (states.some(({ waiting }) => waiting?.for === 'membership_unclear')) await moveClock(61_000);
      const asked = await app.post('/api/runs', { data: { kind: 'poll' } });
      expect(asked.ok(), await asked.text()).toBe(true);
      return done;
    },
    { timeout: 30_000, intervals: [500] },
  );
}
