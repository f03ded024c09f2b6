import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort, SalesforcePort, SalesforceRecord } from '#lib/crm/ports.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { sObjectOf } from '../engine/person.ts';
import type { Definitions } from '../engine/session.ts';
import { type Counted, nobodyCounted, scaleCounted, scaleForecast } from '../forecast.ts';
import { addressesOf, chooseRecord } from '../match.ts';
import { isOurModification } from '../own-writes.ts';
import { planCreation, planSync } from '../plan.ts';
import type { Forecast } from '../schemas.ts';
import type { Link } from '../store.ts';
import type { Trouble } from '../trouble.ts';
import { findLinksOfContacts, findLinksOfRecords } from './links-repository.ts';
import { openDefinitions } from './open-deps.ts';
import { findSalesforceConnection } from './repository.ts';
import { connectionProblem, segmentToSync } from './start-resync.ts';

const sampleSize = 500;

/**
 * Says what a resync would do, without writing any contact or record: the first members are read, matched and planned as
 * the run would, and the counts scaled up to the segment. Fails as `startResync` does.
 */
export async function forecastResync(actor: Pick<Actor, 'workspaceId'>): Promise<Result<Forecast>> {
  const { workspaceId } = actor;
  const connection = await findSalesforceConnection(db(), workspaceId);
  const problem = connectionProblem(connection);
  if (problem || !connection) return fail(problem ?? { code: 'salesforce_not_connected' });
  const { values } = await currentSettings(db(), workspaceId);
  const segment = await segmentToSync(workspaceId, values.inclusionListId);
  if (!segment.ok) return segment;
  const opened = await openParts(workspaceId, connection);
  if (!opened.ok) return opened;
  const ids = await sampleMembers(opened.value.hubspot, values.inclusionListId);
  if (!ids.ok) return ids;
  const creates = values.hubspotCreates;
  const counted = await countSample(opened.value, ids.value, creates === 'lead' ? 'Lead' : 'Contact');
  if (!counted.ok) return counted;
  return ok({ ...scaleForecast(counted.value, segment.value.size ?? ids.value.length), creates });
}

/**
 * Says what syncing groups of people would do, without writing anything: of each its first ones by id are
 * read, matched and planned as a run would, and the counts scaled up to `people`. Fails as `startResync` does.
 */
export async function forecastPeople(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  groups: readonly { ids: readonly string[]; people: number }[],
): Promise<Result<Counted[]>> {
  const connection = await findSalesforceConnection(db(), workspaceId);
  const problem = connectionProblem(connection);
  if (problem || !connection) return fail(problem ?? { code: 'salesforce_not_connected' });
  const { values } = await currentSettings(db(), workspaceId);
  const opened = await openParts(workspaceId, connection);
  if (!opened.ok) return opened;
  const forecasts: Counted[] = [];
  for (const { ids, people } of groups) {
    const sample = ids.slice(0, sampleSize);
    const creates = values.hubspotCreates === 'lead' ? 'Lead' : 'Contact';
    const counted = sample.length > 0 ? await countSample(opened.value, sample, creates) : ok(nobodyCounted);
    if (!counted.ok) return counted;
    forecasts.push(scaleCounted(counted.value, people));
  }
  return ok(forecasts);
}

async function openParts(
  workspaceId: string,
  connection: { accountId: string; userId: string },
): Promise<Result<Parts>> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const salesforce = await salesforceFor(workspaceId, { account: connection.accountId });
  if (!salesforce.ok) return fail(crmFailureToFailure('SALESFORCE', salesforce.failure));
  const scope = { workspaceId, orgId: connection.accountId };
  const definitions = await openDefinitions(scope, hubspot.value, salesforce.value);
  if (!definitions.ok) return fail(failureOf(definitions.failure));
  return ok({
    scope,
    hubspot: hubspot.value,
    salesforce: salesforce.value,
    integrationUserId: connection.userId,
    ...definitions.value,
  });
}

type Parts = Definitions & {
  scope: { workspaceId: string; orgId: string };
  hubspot: HubSpotPort;
  salesforce: SalesforcePort;
  integrationUserId: string;
};

function failureOf(trouble: Trouble): Failure {
  const known = {
    hubspot_auth_lost: 'hubspot_auth_lost',
    hubspot_rate_limited: 'hubspot_rate_limited',
    hubspot_unavailable: 'hubspot_unavailable',
    salesforce_auth_lost: 'salesforce_auth_lost',
    salesforce_rate_limited: 'salesforce_rate_limited',
    salesforce_unavailable: 'salesforce_unavailable',
    salesforce_refused: 'salesforce_refused',
  } as const;
  const code = known[trouble.reason as keyof typeof known] ?? 'hubspot_refused';
  return { code };
}

async function sampleMembers(hubspot: HubSpotPort, listId: string | null): Promise<Result<string[]>> {
  if (listId === null) {
    const page = await hubspot.searchContacts({ filterGroups: [], properties: ['email'], limit: 200 });
    if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
    return ok(page.value.contacts.map(({ id }) => id));
  }
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page = await hubspot.members(listId, after);
    if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
    ids.push(...page.value.ids);
    after = page.value.after;
  } while (after !== null && ids.length < sampleSize);
  return ok(ids.slice(0, sampleSize));
}

async function countSample(
  parts: Parts,
  ids: string[],
  creates: 'Lead' | 'Contact',
): Promise<Result<Counted>> {
  const contacts = await parts.hubspot.readContacts(ids, parts.properties);
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const known = contacts.value.flatMap((contact) => contact ?? []);
  const links = (await findLinksOfContacts(db(), parts.scope, ids)).filter((link) => link.endedAt === null);
  const linked = new Map(links.map((link) => [link.contactId, link]));
  const addresses = [
    ...new Set(known.filter(({ id }) => !linked.has(id)).flatMap(({ values }) => addressesOf(values))),
  ];
  const records = await lookUp(parts, links, addresses);
  if (!records.ok) return records;
  const counted: Counted = {
    ...nobodyCounted,
    people: ids.length,
    searched: addresses.length,
    linked: links.length,
  };
  const at = (await now()).toISOString();
  for (const contact of known) {
    countPerson(parts, counted, {
      contact,
      link: linked.get(contact.id),
      records: records.value,
      creates,
      at,
    });
  }
  return ok(counted);
}

type Records = {
  byId: Map<string, SalesforceRecord>;
  byAddress: Map<string, SalesforceRecord[]>;
  holders: Set<string>;
};

async function lookUp(parts: Parts, links: Link[], addresses: string[]): Promise<Result<Records>> {
  const fields = { Lead: parts.tables.Lead.names, Contact: parts.tables.Contact.names };
  const hits = await parts.salesforce.findByEmail(addresses, fields);
  if (!hits.ok) return fail(crmFailureToFailure('SALESFORCE', hits.failure));
  const byId = new Map<string, SalesforceRecord>();
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const ids = links.filter((link) => link.object === object).map((link) => link.recordId);
    if (ids.length === 0) continue;
    const sObject = sObjectOf(object);
    const read = await parts.salesforce.readRecords(sObject, ids, parts.tables[sObject].names);
    if (!read.ok) return fail(crmFailureToFailure('SALESFORCE', read.failure));
    for (const record of read.value) if (record) byId.set(record.id, record);
  }
  const found = hits.value.flat().map(({ id }) => id);
  const holders = await findLinksOfRecords(db(), parts.scope, found);
  return ok({
    byId,
    byAddress: new Map(addresses.map((address, position) => [address, hits.value[position] ?? []])),
    holders: new Set(holders.flatMap((link) => (link.endedAt === null ? [link.recordId] : []))),
  });
}

type Sampled = {
  contact: HubSpotContact;
  link: Link | undefined;
  records: Records;
  creates: 'Lead' | 'Contact';
  at: string;
};

function countPerson(parts: Parts, counted: Counted, sampled: Sampled): void {
  const { contact, link, records, creates, at } = sampled;
  const addresses = addressesOf(contact.values);
  const hits = addresses.map((address) => records.byAddress.get(address) ?? []);
  const match = link ? null : chooseRecord(hits, (id) => records.holders.has(id));
  const record = link ? records.byId.get(link.recordId) : match?.kind === 'found' ? match.record : undefined;
  if (record) {
    const state = {
      contact: contact.values,
      record: record.values,
      shadow: link?.shadow ?? {},
      intended: link?.intended ?? null,
      matchedByAdditional: match?.kind === 'found' && match.byAdditional,
      changedAt: { hubspot: contact.updatedAt, salesforce: record.lastModifiedAt },
      lastModifiedByUs: isOurModification(record, parts.integrationUserId, link ?? null),
    };
    const plan = planSync(parts.tables[record.object], state, parts.owners, at);
    const toSalesforce = Object.keys(plan.salesforce).length > 0;
    const toHubspot = Object.keys(plan.hubspot).length > 0;
    if (toSalesforce || toHubspot) counted.updated += 1;
    if (toSalesforce) counted.updatedInSalesforce += 1;
    if (toHubspot) counted.updatedInHubspot += 1;
  } else if (match?.kind === 'none' && addresses.length > 0) {
    const plan = planCreation(parts.tables[creates], contact.values, parts.owners);
    if (plan.missing.length > 0) return;
    counted.created += 1;
    if (!plan.values.OwnerId && creates === 'Lead') counted.createdWithoutOwner += 1;
  }
}
