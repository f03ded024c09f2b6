import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort } from '#lib/crm/ports.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import {
  type ContactRow,
  type Contacts,
  type ContactsQuery,
  type ContactView,
  contactsPageSize,
  contactViews,
} from '../contacts-schemas.ts';
import { findContactCount, findContactsOfRecord, findPeople, type PersonRow } from './contacts-repository.ts';
import { findConnections } from './why-repository.ts';
import { readThrough } from './why-stored.ts';
import { type Teller, tellerOf } from './why-values.ts';

const names = ['firstname', 'lastname', 'email'];
const mostHits = 200;
/** Of a Lead or a Contact. */
const recordIdPattern = /^(00Q|003)[0-9A-Za-z]{12,15}$/;

export type Scope = { workspaceId: string; orgId: string; listId: string | null };

/**
 * Contacts of a view. *All* is HubSpot's own search; the others are what is stored, with names as HubSpot has
 * them now. A search in these looks at HubSpot's first 200 hits and at names of former outcomes. Fails as
 * HubSpot does.
 */
export async function listContacts(actor: Actor, query: ContactsQuery): Promise<Result<Contacts>> {
  const { workspaceId } = actor;
  const port = await hubspotFor(workspaceId);
  if (!port.ok) return fail(crmFailureToFailure('HUBSPOT', port.failure));
  const scope = await scopeOf(workspaceId);
  const page =
    query.view === 'all' ? await searched(port.value, scope, query) : await stored(port.value, scope, query);
  if (!page.ok) return page;
  const counts = await countViews(scope);
  return ok({ ...page.value, counts, canEdit: actor.role === 'admin' });
}

export async function scopeOf(workspaceId: string): Promise<Scope> {
  const [{ values }, connections] = await Promise.all([
    currentSettings(db(), workspaceId),
    findConnections(db(), workspaceId),
  ]);
  return { workspaceId, orgId: connections.salesforce?.accountId ?? '', listId: values.inclusionListId };
}

async function countViews(scope: Scope): Promise<Contacts['counts']> {
  const counts = await Promise.all(
    contactViews.map(async (view): Promise<[ContactView, number | null]> => {
      if (view === 'all') return [view, await findContactCount(db(), scope.workspaceId)];
      return [view, (await findPeople(db(), scope, { ...everybody, view, take: 1 })).total];
    }),
  );
  return { ...noCounts, ...Object.fromEntries(counts) };
}

const noCounts = {
  ...{ all: null, syncing: null, outside: null, left: null },
  ...{ orphans: null, 'email-only': null, errors: null },
};
const everybody = {
  ...{ ids: null, search: '', found: [], skip: 0 },
  ...{ sort: 'since' as const, direction: 'descending' as const },
};

type Page = Pick<Contacts, 'contacts' | 'total'>;

/** HubSpot knows no order by our times: by name then. */
async function searched(hubspot: HubSpotPort, scope: Scope, query: ContactsQuery): Promise<Result<Page>> {
  if (recordIdPattern.test(query.q)) return ofRecord(hubspot, scope, query.q);
  const propertyName = query.sort === 'email' ? 'email' : 'firstname';
  const isDown = query.sort !== 'since' && query.direction === 'descending';
  const found = await hubspot.searchContacts({
    ...(query.q === '' ? {} : { query: query.q }),
    filterGroups: [],
    properties: names,
    sorts: [{ propertyName, direction: isDown ? 'DESCENDING' : 'ASCENDING' }],
    limit: contactsPageSize,
    ...(query.page > 1 ? { after: String((query.page - 1) * contactsPageSize) } : {}),
  });
  if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
  const { contacts, total } = found.value;
  const ids = contacts.map(({ id }) => id);
  const known = await findPeople(db(), scope, { ...everybody, view: 'all', ids, take: ids.length });
  const byId = new Map(known.rows.map((row) => [row.contactId, row]));
  const rows = contacts.map((contact) =>
    rowOf(byId.get(contact.id) ?? stranger(contact.id, scope), contact, null),
  );
  return ok({ contacts: rows, total });
}

/** Whom a Salesforce id stands for. */
async function ofRecord(hubspot: HubSpotPort, scope: Scope, recordId: string): Promise<Result<Page>> {
  const ids = await findContactsOfRecord(db(), scope, recordId);
  const { rows, total } = await findPeople(db(), scope, { ...everybody, view: 'all', ids, take: ids.length });
  const named = await withNames(hubspot, rows);
  return named.ok ? ok({ contacts: named.value, total }) : named;
}

async function stored(hubspot: HubSpotPort, scope: Scope, query: ContactsQuery): Promise<Result<Page>> {
  const hits =
    query.q === ''
      ? null
      : await hubspot.searchContacts({ query: query.q, filterGroups: [], properties: [], limit: mostHits });
  if (hits && !hits.ok) return fail(crmFailureToFailure('HUBSPOT', hits.failure));
  const found = hits?.value.contacts.map(({ id }) => id) ?? [];
  const { rows, total } = await findPeople(db(), scope, {
    ...{ view: query.view, ids: null, search: query.q.toLowerCase(), found },
    ...{ sort: query.sort, direction: query.direction },
    ...{ skip: (query.page - 1) * contactsPageSize, take: contactsPageSize },
  });
  const named = await withNames(hubspot, rows);
  return named.ok ? ok({ contacts: named.value, total }) : named;
}

/** Stored people with their names as HubSpot has them now; those it no longer knows with the last known. */
export async function withNames(hubspot: HubSpotPort, rows: PersonRow[]): Promise<Result<ContactRow[]>> {
  if (rows.length === 0) return ok([]);
  const ids = rows.map(({ contactId }) => contactId);
  const needsLabels = rows.some(({ leftThrough }) => readThrough(leftThrough) !== null);
  const [contacts, properties] = await Promise.all([
    hubspot.readContacts(ids, names),
    needsLabels ? hubspot.properties() : null,
  ]);
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const teller = properties?.ok ? tellerOf(properties.value, []) : null;
  return ok(rows.map((row, index) => rowOf(row, contacts.value[index] ?? null, teller)));
}

function rowOf(row: PersonRow, contact: HubSpotContact | null, teller: Teller | null): ContactRow {
  const own = contact && contact.id === row.contactId ? contact.values : null;
  const name = own ? [own.firstname, own.lastname].filter(Boolean).join(' ') : row.name;
  const through = row.isMember ? null : readThrough(row.leftThrough);
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  const isLinked = row.linkedAt !== null && row.endedAt === null;
  const several = row.severalRecords ? { kind: 'several_records', at: iso(row.lastAt), record: null } : null;
  return {
    id: row.contactId,
    name: name || null,
    email: (own ? own.email : row.email) || null,
    state: stateOf(row),
    isException: isLinked && !row.isMember && row.leftAt === null && row.origin === 'CREATION_EXCEPTION',
    since: iso(row.endedAt ?? row.leftAt ?? row.memberSince ?? row.linkedAt ?? row.lastAt),
    object: row.object === null ? null : row.object === 'LEAD' ? 'lead' : 'contact',
    recordId: isLinked ? row.recordId : null,
    waiting: row.waiting,
    ...{ reason: row.reason, category: row.category, code: row.code },
    because: through && {
      label: teller?.label(through.property) ?? through.property,
      value: teller ? teller.value(through.property, through.value) : null,
    },
    event:
      row.endCause === null ? several : { kind: row.endCause, at: iso(row.endedAt), record: row.mergedInto },
  };
}

function stateOf(row: PersonRow): ContactRow['state'] {
  const { endCause, category, isMember, importOnly, linkedAt, waiting } = row;
  if (endCause === 'deleted_in_hubspot' || endCause === 'privacy_deleted') return 'deleted';
  if (isMember && category !== null) return 'error';
  if (!isMember) return importOnly && endCause === null ? 'emailOnly' : 'notSyncing';
  if (endCause === 'deleted_in_salesforce' || endCause === 'merged') return 'notLinked';
  return linkedAt === null || waiting > 0 ? 'waiting' : 'syncing';
}

/** A contact of which nothing is stored. */
function stranger(contactId: string, { listId }: Scope): PersonRow {
  return {
    ...{ contactId, isMember: listId === null, memberSince: null, leftAt: null, leftThrough: null },
    ...{ object: null, recordId: null, linkedAt: null, importOnly: null, origin: null },
    ...{ endCause: null, endedAt: null },
    ...{ mergedInto: null, name: null, email: null, reason: null, category: null, code: null },
    ...{ severalRecords: false, lastAt: null, waiting: 0 },
  };
}
