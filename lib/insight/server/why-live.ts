import type { Actor } from '#lib/auth/actor.ts';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type {
  HubSpotContact,
  HubSpotOwner,
  HubSpotPort,
  HubSpotProperty,
  PropertyHistory,
  RelatedObject,
  SalesforceField,
  SalesforceRecord,
  SalesforceUser,
} from '#lib/crm/ports.ts';
import { listMappings, type Mapping } from '#lib/mappings/server/index.ts';
import { type Needs, needs, type Person } from '#lib/segments/evaluate/evaluate.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import { getSegment, readPeople } from '#lib/segments/server/index.ts';
import type { StoredLink } from './why-repository.ts';
import type { Stored } from './why-stored.ts';

const always = ['email', 'firstname', 'lastname', 'company', 'hubspot_owner_id', 'hs_merged_object_ids'];

/** A filter tree with all that was read to judge one contact by it. */
export type LiveCriteria = { branch: FilterBranch; person: Person };

/** What HubSpot says of one contact just now. */
export type LiveContact = {
  contact: HubSpotContact;
  lists: ReadonlySet<string>;
  history: PropertyHistory;
  properties: HubSpotProperty[];
  related: Partial<Record<RelatedObject, HubSpotProperty[]>>;
  owners: HubSpotOwner[];
  mappings: Mapping[];
  criteria: LiveCriteria | null;
  /** Of the inclusion segment, as HubSpot says. */
  segment: { name: string; state: 'ready' | 'processing' | 'gone' } | null;
};

export type LiveRecord = {
  fields: SalesforceField[];
  users: SalesforceUser[];
  /** Null: Salesforce did not return it. */
  record: SalesforceRecord | null;
};

export type HubSpotAnswer =
  | { kind: 'read'; live: LiveContact }
  | { kind: 'unknown' }
  | { kind: 'silent'; failure: CrmFailure | null };

/** Asks HubSpot for a contact, its lists, the history of its values and the criteria. */
export async function readContact(actor: Actor, stored: Stored): Promise<HubSpotAnswer> {
  const { workspaceId, contactId } = stored.person;
  const port = await hubspotFor(workspaceId);
  if (!port.ok) return { kind: 'silent', failure: port.failure };
  const hubspot = port.value;
  const { listId } = stored.gate;
  const [properties, owners, mappings, segment] = await Promise.all([
    hubspot.properties(),
    hubspot.owners(),
    listMappings(db(), workspaceId),
    listId === null ? null : getSegment(actor, listId),
  ]);
  if (!properties.ok) return { kind: 'silent', failure: properties.failure };
  if (!owners.ok) return { kind: 'silent', failure: owners.failure };
  const branch = segment?.ok ? segment.value.filterBranch : null;
  const needed = branch ? needs(branch) : null;
  const names = new Set(properties.value.map(({ name }) => name));
  const wanted = wantedOf(mappings, needed).filter((name) => names.has(name));
  const [contacts, lists, history] = await Promise.all([
    hubspot.readContacts([contactId], wanted),
    hubspot.memberships([contactId]),
    hubspot.readHistory([contactId], wanted),
  ]);
  if (!contacts.ok) return { kind: 'silent', failure: contacts.failure };
  const [contact] = contacts.value;
  if (!contact || contact.archived) return { kind: 'unknown' };
  if (!lists.ok) return { kind: 'silent', failure: lists.failure };
  if (!history.ok) return { kind: 'silent', failure: history.failure };
  const people = branch && needed ? await readPeople(hubspot, [contact], needed, wanted) : null;
  const [person] = people?.ok ? people.value : [];
  return {
    kind: 'read',
    live: {
      contact,
      lists: new Set(lists.value[0]),
      history: history.value[0] ?? {},
      properties: properties.value,
      related: await relatedProperties(hubspot, needed),
      owners: owners.value,
      mappings,
      criteria: branch && person ? { branch, person } : null,
      segment: segmentOf(segment, stored),
    },
  };
}

function wantedOf(mappings: readonly Mapping[], needed: Needs | null): string[] {
  const mapped = mappings.map(({ hubspotProperty }) => hubspotProperty);
  return [...new Set([...always, ...mapped, ...(needed?.properties ?? [])])];
}

/** Labels of properties of companies and deals, where the criteria ask for them and we may read them. */
async function relatedProperties(
  hubspot: HubSpotPort,
  needed: Needs | null,
): Promise<LiveContact['related']> {
  const found: LiveContact['related'] = {};
  for (const object of ['company', 'deal'] as const) {
    if (!needed?.related[object]) continue;
    const answer = await hubspot.properties(object);
    if (answer.ok) found[object] = answer.value;
  }
  return found;
}

function segmentOf(
  segment: Awaited<ReturnType<typeof getSegment>> | null,
  stored: Stored,
): LiveContact['segment'] {
  const name = stored.segment?.name ?? stored.gate.listId ?? '';
  if (segment === null) return null;
  if (!segment.ok) {
    const isGone = ['deleted_segment', 'unknown_segment'].includes(segment.failure.code);
    return { name, state: isGone ? 'gone' : 'ready' };
  }
  const { kind, state, name: current } = segment.value.segment;
  if (kind !== 'active' || state === 'deleted') return { name: current, state: 'gone' };
  return { name: current, state: state === 'processing' ? 'processing' : 'ready' };
}

export type SalesforceAnswer =
  | { kind: 'read'; live: LiveRecord }
  | { kind: 'none' }
  | { kind: 'silent'; failure: CrmFailure | null };

/** Asks Salesforce for the linked record with every mapped field. */
export async function readRecord(
  workspaceId: string,
  link: StoredLink | null,
  mappings: readonly Mapping[],
): Promise<SalesforceAnswer> {
  if (!link) return { kind: 'none' };
  const port = await salesforceFor(workspaceId);
  if (!port.ok) return { kind: 'silent', failure: port.failure };
  const object = link.object === 'LEAD' ? 'Lead' : 'Contact';
  const [fields, users] = await Promise.all([port.value.describe(object), port.value.users()]);
  if (!fields.ok) return { kind: 'silent', failure: fields.failure };
  if (!users.ok) return { kind: 'silent', failure: users.failure };
  const described = new Set(fields.value.map(({ name }) => name));
  const names = mappings.flatMap((each) => (object === 'Lead' ? each.leadField : each.contactField) ?? []);
  const wanted = [...new Set(['Email', ...names])].filter((name) => described.has(name));
  const records = await port.value.readRecords(object, [link.recordId], wanted);
  if (!records.ok) return { kind: 'silent', failure: records.failure };
  return {
    kind: 'read',
    live: { fields: fields.value, users: users.value, record: records.value[0] ?? null },
  };
}
