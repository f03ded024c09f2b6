import {
  crmFailureToFailure,
  getConnection,
  hubspotFor,
  salesforceFor,
} from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type {
  HubSpotContact,
  HubSpotPort,
  HubSpotProperty,
  SalesforceField,
  SalesforceObject,
  SalesforcePort,
  SalesforceRecord,
} from '#lib/crm/ports.ts';
import { directionOf, fieldChoice, propertyChoice } from '#lib/mappings/rules.ts';
import type { PreviewRequest } from '#lib/mappings/schemas.ts';
import { countLinks, type LinkRow, newestLinks, workspaceTimeZone } from './mapping-repository.ts';

/** How many linked people are looked at: one read of HubSpot, one of each Salesforce object. */
const sampleSize = 100;
/** Before the first sync nobody is linked: some who have a value are paired by their address. */
const strangers = 30;

type Ports = { hubspot: HubSpotPort; salesforce: SalesforcePort };

/** A contact and its record as they are now. Without a link they have agreed on nothing yet. */
export type SamplePair = { contact: HubSpotContact; record: SalesforceRecord; link: LinkRow | null };

export type Sample = {
  pairs: SamplePair[];
  linked: number;
  property: HubSpotProperty;
  fields: Record<SalesforceObject, SalesforceField[]>;
  timeZone: string;
  direction: ReturnType<typeof directionOf>;
  hubspot: HubSpotPort;
};

/** Reads people of both systems with the values that a mapping is about. Fails as a CRM does. */
export async function readSample(workspaceId: string, request: PreviewRequest): Promise<Result<Sample>> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const salesforce = await salesforceFor(workspaceId);
  if (!salesforce.ok) return fail(crmFailureToFailure('SALESFORCE', salesforce.failure));
  const ports = { hubspot: hubspot.value, salesforce: salesforce.value };
  const [properties, lead, contact] = await Promise.all([
    ports.hubspot.properties(),
    ports.salesforce.describe('Lead'),
    ports.salesforce.describe('Contact'),
  ]);
  if (!properties.ok) return fail(crmFailureToFailure('HUBSPOT', properties.failure));
  if (!lead.ok) return fail(crmFailureToFailure('SALESFORCE', lead.failure));
  if (!contact.ok) return fail(crmFailureToFailure('SALESFORCE', contact.failure));
  const property = properties.value.find(({ name }) => name === request.hubspotProperty);
  if (!property) return fail({ code: 'mapping_unknown_field', values: { name: request.hubspotProperty } });
  const orgId = (await getConnection(workspaceId, 'SALESFORCE'))?.accountId ?? '';
  const objects = objectsOf(request);
  const links = await newestLinks(db(), workspaceId, orgId, objects, sampleSize);
  const pairs =
    links.length > 0 ? await linkedPairs(ports, request, links) : await strangerPairs(ports, request);
  if (!pairs.ok) return pairs;
  return ok({
    pairs: pairs.value,
    linked: await countLinks(db(), workspaceId, orgId, objects),
    property,
    fields: { Lead: lead.value, Contact: contact.value },
    timeZone: await workspaceTimeZone(db(), workspaceId),
    direction: directionOf({
      property: propertyChoice(property),
      lead: choiceOf(lead.value, request.leadField),
      contact: choiceOf(contact.value, request.contactField),
    }),
    hubspot: ports.hubspot,
  });
}

function choiceOf(fields: readonly SalesforceField[], name: string | null) {
  const field = fields.find((each) => each.name === name);
  return field ? fieldChoice(field) : null;
}

function objectsOf({ leadField, contactField }: PreviewRequest): ('LEAD' | 'CONTACT')[] {
  return [...(leadField ? (['LEAD'] as const) : []), ...(contactField ? (['CONTACT'] as const) : [])];
}

const namesOf = ({ hubspotProperty }: PreviewRequest) => [
  ...new Set(['firstname', 'lastname', 'email', hubspotProperty]),
];

async function linkedPairs(
  { hubspot, salesforce }: Ports,
  request: PreviewRequest,
  links: LinkRow[],
): Promise<Result<SamplePair[]>> {
  const contacts = await hubspot.readContacts(
    links.map(({ contactId }) => contactId),
    namesOf(request),
  );
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const records = new Map<string, SalesforceRecord>();
  for (const [object, kind, field] of [
    ['Lead', 'LEAD', request.leadField],
    ['Contact', 'CONTACT', request.contactField],
  ] as const) {
    const ids = links.filter((link) => link.object === kind).map(({ recordId }) => recordId);
    if (field === null || ids.length === 0) continue;
    const read = await salesforce.readRecords(object, ids, [field]);
    if (!read.ok) return fail(crmFailureToFailure('SALESFORCE', read.failure));
    for (const record of read.value) if (record) records.set(record.id, record);
  }
  return ok(
    links.flatMap((link, at) => {
      const contact = contacts.value[at];
      const record = records.get(link.recordId);
      return contact && record && !contact.archived ? [{ contact, record, link }] : [];
    }),
  );
}

async function strangerPairs(
  { hubspot, salesforce }: Ports,
  request: PreviewRequest,
): Promise<Result<SamplePair[]>> {
  const filters = [
    { propertyName: request.hubspotProperty, operator: 'HAS_PROPERTY' },
    { propertyName: 'email', operator: 'HAS_PROPERTY' },
  ];
  const found = await hubspot.searchContacts({
    filterGroups: [{ filters }],
    properties: namesOf(request),
    limit: strangers,
  });
  if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
  const contacts = found.value.contacts;
  const addresses = contacts.map(({ values }) => values.email ?? '');
  const hits = await salesforce.findByEmail(addresses, {
    Lead: request.leadField ? [request.leadField] : [],
    Contact: request.contactField ? [request.contactField] : [],
  });
  if (!hits.ok) return fail(crmFailureToFailure('SALESFORCE', hits.failure));
  const isMapped = ({ object }: SalesforceRecord) =>
    (object === 'Lead' ? request.leadField : request.contactField) !== null;
  return ok(
    contacts.flatMap((contact, at) => {
      const record = hits.value[at]?.find(isMapped);
      return record ? [{ contact, record, link: null }] : [];
    }),
  );
}
