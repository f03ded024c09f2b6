import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort, SalesforcePort } from '#lib/crm/ports.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { type Counted, scaleForecast } from '../forecast.ts';
import { addressesOf, chooseRecord } from '../match.ts';
import { planCreation, planSync } from '../plan.ts';
import type { Forecast } from '../schemas.ts';
import { findHoldersOfRecords, findLinksOfContacts } from './links-repository.ts';
import { findSalesforceConnection } from './repository.ts';
import { sObjectOf } from './resync/person.ts';
import { type Definitions, readDefinitions } from './resync/session.ts';
import { connectionProblem, segmentToSync } from './start-resync.ts';
import type { Trouble } from './trouble.ts';

const sampleSize = 500;

/**
 * Says what a resync would do, without writing anything: the first members are read, matched and planned as
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
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const salesforce = await salesforceFor(workspaceId);
  if (!salesforce.ok) return fail(crmFailureToFailure('SALESFORCE', salesforce.failure));
  const ids = await sampleMembers(hubspot.value, values.inclusionListId);
  if (!ids.ok) return ids;
  const definitions = await readDefinitions(workspaceId, hubspot.value, salesforce.value, 0);
  if (!definitions.ok) return fail(failureOf(definitions.failure));
  const creates = values.hubspotCreates;
  const parts: Parts = {
    scope: { workspaceId, orgId: connection.accountId },
    hubspot: hubspot.value,
    salesforce: salesforce.value,
    integrationUserId: connection.userId,
    ...definitions.value,
  };
  const counted = await countSample(parts, ids.value, creates === 'lead' ? 'Lead' : 'Contact');
  if (!counted.ok) return counted;
  return ok({ ...scaleForecast(counted.value, segment.value.size ?? ids.value.length), creates });
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
  const links = await findLinksOfContacts(db(), parts.scope, ids);
  const linked = new Map(links.filter((link) => link.endedAt === null).map((link) => [link.contactId, link]));
  const known = contacts.value.flatMap((contact) => contact ?? []);
  const searched = known.filter(({ id }) => !linked.has(id));
  const addresses = [...new Set(searched.flatMap(({ values }) => addressesOf(values)))];
  const fields = { Lead: parts.tables.Lead.names, Contact: parts.tables.Contact.names };
  const hits = await parts.salesforce.findByEmail(addresses, fields);
  if (!hits.ok) return fail(crmFailureToFailure('SALESFORCE', hits.failure));
  const records = new Map(addresses.map((address, at) => [address, hits.value[at] ?? []]));
  const byId = new Map<string, (typeof hits.value)[number][number]>();
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const wanted = [...linked.values()].filter((link) => link.object === object);
    if (wanted.length === 0) continue;
    const sObject = sObjectOf(object);
    const read = await parts.salesforce.readRecords(
      sObject,
      wanted.map((link) => link.recordId),
      parts.tables[sObject].names,
    );
    if (!read.ok) return fail(crmFailureToFailure('SALESFORCE', read.failure));
    for (const record of read.value) if (record) byId.set(record.id, record);
  }
  const holders = await findHoldersOfRecords(
    db(),
    parts.scope,
    hits.value.flat().map(({ id }) => id),
  );
  const at = (await now()).toISOString();
  const counted: Counted = {
    people: ids.length,
    searched: addresses.length,
    linked: linked.size,
    created: 0,
    createdWithoutOwner: 0,
    updated: 0,
    updatedInSalesforce: 0,
  };
  for (const contact of known) {
    const link = linked.get(contact.id);
    const match = link
      ? null
      : chooseRecord(
          addressesOf(contact.values).map((address) => records.get(address) ?? []),
          (id) => holders.has(id),
        );
    const record = link ? byId.get(link.recordId) : match?.kind === 'found' ? match.record : undefined;
    if (record) {
      const plan = planSync(
        parts.tables[record.object],
        {
          contact: contact.values,
          record: record.values,
          shadow: link?.shadow ?? {},
          intended: link?.intended ?? null,
          matchedByAdditional: match?.kind === 'found' && match.byAdditional,
          changedAt: { hubspot: contact.updatedAt, salesforce: record.lastModifiedAt },
          lastModifiedByUs: record.lastModifiedById === parts.integrationUserId,
        },
        parts.owners,
        at,
      );
      const toSalesforce = Object.keys(plan.salesforce).length > 0;
      if (toSalesforce || Object.keys(plan.hubspot).length > 0) counted.updated += 1;
      if (toSalesforce) counted.updatedInSalesforce += 1;
    } else if (match?.kind === 'none' && addressesOf(contact.values).length > 0) {
      const plan = planCreation(parts.tables[creates], contact.values, parts.owners);
      if (plan.missing.length > 0) continue;
      counted.created += 1;
      if (!plan.values.OwnerId && creates === 'Lead') counted.createdWithoutOwner += 1;
    }
  }
  return ok(counted);
}
