import { chunk } from '#lib/core/chunk.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceRecord } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { readCriteria } from './ask-gate.ts';
import { claimKeys } from './claims.ts';
import type { Subject } from './gather.ts';
import { isBusy, type Later, type Settled, skipped, type Wanted } from './person.ts';
import type { Session } from './session.ts';

/** Values that HubSpot's search takes in one filter. */
const addressesASearch = 100;

/** A record without a contact of its own so far, with the contact that holds its address, if there is one. */
export type Stranger = {
  wanted: Wanted;
  record: SalesforceRecord;
  address: string;
  contact: HubSpotContact | null;
};
export type FoundContacts = { strangers: Stranger[]; settled: Settled[]; later: Later[] };

export function addressOf(record: SalesforceRecord): string {
  return record.values.Email?.trim().toLowerCase() ?? '';
}

/**
 * Looks for the contacts of unlinked records by e-mail address. Search may be behind, and knows no additional
 * addresses: whom it does not find, HubSpot names when the contact is to be created.
 */
export async function findContacts(
  session: Session,
  subjects: readonly Subject[],
): Promise<Result<FoundContacts, Trouble>> {
  const found: FoundContacts = { strangers: [], settled: [], later: [] };
  const people = subjects.flatMap(({ wanted, record }) =>
    record ? [{ wanted, record, address: addressOf(record) }] : [],
  );
  const taken = await session.claims.take(
    people.flatMap(({ address }) => (address ? [claimKeys.address(address)] : [])),
  );
  const ours: typeof people = [];
  const spoken = new Set<string>();
  for (const person of people.sort(byPreference)) {
    const { address, wanted } = person;
    if (address === '') found.strangers.push({ ...person, contact: null });
    // Of several records with one address the first one finds out whose it is.
    else if (spoken.has(address) || !taken.has(claimKeys.address(address))) found.later.push(isBusy(wanted));
    else {
      spoken.add(address);
      ours.push(person);
    }
  }
  const contacts = await contactsByAddress(
    session,
    ours.map(({ address }) => address),
  );
  if (!contacts.ok) return contacts;
  await addContacts(session, ours, contacts.value, found);
  return ok(found);
}

function byPreference(a: { record: SalesforceRecord }, b: { record: SalesforceRecord }): number {
  if (a.record.object !== b.record.object) return a.record.object === 'Contact' ? -1 : 1;
  const later = b.record.lastModifiedAt.getTime() - a.record.lastModifiedAt.getTime();
  return later !== 0 ? later : a.record.id < b.record.id ? -1 : 1;
}

/** Contacts by their own address. */
async function contactsByAddress(
  session: Session,
  addresses: readonly string[],
): Promise<Result<Map<string, HubSpotContact>, Trouble>> {
  const ids = new Set<string>();
  for (const values of chunk(addresses, addressesASearch)) {
    const page = await session.hubspot.searchContacts({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'IN', values }] }],
      properties: ['email'],
      limit: addressesASearch,
    });
    if (!page.ok) return fail(troubleOf('hubspot', page.failure, session.troubles));
    for (const { id } of page.value.contacts) ids.add(id);
  }
  const contacts = await readById(session, [...ids]);
  if (!contacts.ok) return contacts;
  // What the search said may be out of date: the address is taken from the contact itself.
  return ok(
    new Map(contacts.value.map((contact) => [contact.values.email?.trim().toLowerCase() ?? '', contact])),
  );
}

/** Contacts with everything that is to be known of them. */
export async function readById(session: Session, ids: string[]): Promise<Result<HubSpotContact[], Trouble>> {
  if (ids.length === 0) return ok([]);
  const more = await readCriteria(session);
  if (!more.ok) return more;
  const answer = await session.hubspot.readContacts(ids, [
    ...new Set([...session.properties, ...more.value]),
  ]);
  if (!answer.ok) return fail(troubleOf('hubspot', answer.failure, session.troubles));
  return ok(answer.value.flatMap((contact) => (contact && !contact.archived ? [contact] : [])));
}

async function addContacts(
  session: Session,
  people: readonly Omit<Stranger, 'contact'>[],
  contacts: ReadonlyMap<string, HubSpotContact>,
  found: FoundContacts,
): Promise<void> {
  const { workspaceId } = session.store.scope;
  const keyOf = (id: string) => claimKeys.contact(workspaceId, id);
  const ids = [...contacts.values()].map(({ id }) => id);
  const taken = await session.claims.take(ids.map(keyOf));
  const links = await session.store.linksOfContacts(ids);
  const linked = new Set(links.flatMap((link) => (link.endedAt === null ? [link.contactId] : [])));
  for (const person of people) {
    const contact = contacts.get(person.address) ?? null;
    if (contact && !taken.has(keyOf(contact.id))) found.later.push(isBusy(person.wanted));
    else if (contact && linked.has(contact.id)) found.settled.push(otherRecordUsed(person));
    else found.strangers.push({ ...person, contact });
  }
}

/** The contact that has this address belongs to another record already. */
export function otherRecordUsed({ wanted, record }: Pick<Stranger, 'wanted' | 'record'>): Settled {
  return skipped(wanted, { record }, 'other_record_used', ['several_records']);
}
