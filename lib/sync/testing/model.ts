import type { SalesforceObject } from '#lib/crm/ports.ts';
import type { MappingRow } from '../fields.ts';
import type { Link } from '../store.ts';
import { casedProperty } from './automations.ts';
import { propertyValue, type StoredContact } from './memory/hubspot-contact.ts';
import { isPurged } from './memory/salesforce-changes.ts';
import type { StoredRecord } from './memory/salesforce-record.ts';
import type { World } from './world.ts';

// The rules once more, slow and plain, written from their text: what must be true once everything is calm.

/** Everybody who should be linked and in agreement, but is not, and why that is wrong; none is right. */
export function unsettled(world: World): string[] {
  const contacts = [...world.account.contacts.values()].filter(({ archivedAt }) => archivedAt === null);
  return [
    ...contacts.filter((contact) => isMember(world, contact)).flatMap((contact) => ofMember(world, contact)),
    ...brokenLinks(world),
    ...openExceptions(world),
  ];
}

/** 3: a creation exception lasts until its first sync has ended, and no longer, unless disconnecting has closed that. */
function openExceptions(world: World): string[] {
  const { db } = world;
  const isAskedFor = ({ contactId }: Link) =>
    db.triggers.where((row) => row.contactId === contactId).length > 0;
  const open = db.links.where((link) => link.endedAt === null && link.openException && !isAskedFor(link));
  return open
    .filter(({ contactId, recordId }) => newestOutcome(world, contactId, recordId)?.reason !== 'disconnected')
    .map(({ contactId }) => `3: the first sync of ${contactId} by the creation exception never ended`);
}

function isMember(world: World, contact: StoredContact): boolean {
  const { inclusionListId } = world.db.settings().values;
  if (inclusionListId === null) return true;
  return world.account.lists.get(inclusionListId)?.members.has(contact.id) ?? false;
}

function linkOf(world: World, contactId: string): Link | undefined {
  return world.db.links.where((link) => link.contactId === contactId && link.endedAt === null)[0];
}

function ofMember(world: World, contact: StoredContact): string[] {
  const link = linkOf(world, contact.id);
  if (!link) {
    const reason = excuseForNoLink(world, contact);
    return reason === null ? [`${contact.id} is a member, but has no record`] : [];
  }
  const record = world.org.get(link.recordId);
  if (!record || record.deletedAt !== null || record.convertedTo !== null) {
    if (isPastTelling(world, contact, record)) return [];
    return [`${contact.id} is linked to ${link.recordId}, which is gone`];
  }
  const fields = world.db.mappings.flatMap((mapping) => ofField(world, { contact, record, link, mapping }));
  return fields.map((problem) => `${contact.id} and ${record.id}: ${problem}`);
}

/** A record that Salesforce no longer says was deleted is merely not returned: the link is kept, with the failure. */
function isPastTelling(world: World, { id }: StoredContact, record: StoredRecord | undefined): boolean {
  return (
    record !== undefined &&
    isPurged(world.org, record) &&
    newestOutcome(world, id)?.code === 'RECORD_NOT_RETURNED'
  );
}

/** Why a member may have no record; null if there is no reason. */
function excuseForNoLink(world: World, contact: StoredContact): string | null {
  const own = contact.values.email ?? '';
  if (own === '' && contact.additional.every((address) => world.org.holdersOf(address).length === 0)) {
    return 'no_email';
  }
  const addresses = [own, ...contact.additional].filter((address) => address !== '');
  const tombstones = world.db.links.where(({ contactId }) => contactId === contact.id);
  if (tombstones.some(({ endCause }) => endCause === 'merged')) return 'merged';
  const holders = addresses.flatMap((address) => world.org.holdersOf(address));
  const isTaken = ({ id }: StoredRecord) =>
    world.db.links.where(({ recordId, endedAt }) => recordId === id && endedAt === null).length > 0;
  if (holders.length > 0 && holders.every(isTaken)) return 'address_held';
  const newest = newestOutcome(world, contact.id);
  return newest?.result === 'FAILED' && newest.category !== null ? newest.code : null;
}

function newestOutcome(world: World, contactId: string, recordId?: string) {
  const outcomes = world.db.outcomes.where(
    (outcome) => outcome.contactId === contactId || (recordId !== undefined && outcome.recordId === recordId),
  );
  return outcomes.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))[0];
}

type Pair = { contact: StoredContact; record: StoredRecord; link: Link; mapping: MappingRow };

function ofField(world: World, pair: Pair): string[] {
  const { contact, record, link, mapping } = pair;
  const name = nameOn(mapping, record.object);
  if (name === null || mapping.rule === 'DONT_SYNC' || !world.org.fields(record.object).has(name)) return [];
  if (hasStoredFailure(world, pair)) return [];
  const h = propertyValue(contact, mapping.hubspotProperty);
  const s = record.values[name] ?? null;
  const shadow = link.shadow[mapping.id] ?? null;
  return isSettled(world, pair, h, s, shadow)
    ? []
    : [
        `${mapping.hubspotProperty} is ${JSON.stringify(h)} and ${name} ${JSON.stringify(s)} (${mapping.rule})`,
      ];
}

export function nameOn(mapping: MappingRow, object: SalesforceObject): string | null {
  return object === 'Lead' ? mapping.leadField : mapping.contactField;
}

function hasStoredFailure(world: World, { contact, link, mapping }: Pair): boolean {
  if (link.memory[mapping.id]?.refused) return true;
  const newest = newestOutcome(world, contact.id);
  return newest?.changes.some((change) => change.mappingId === mapping.id && change.failure) ?? false;
}

function isSettled(
  world: World,
  { mapping }: Pair,
  h: string | null,
  s: string | null,
  shadow: Link['shadow'][string] | null,
): boolean {
  const same = plain(mapping.hubspotProperty, h) === plain(mapping.hubspotProperty, s);
  switch (mapping.hubspotProperty) {
    case 'email':
      // What was matched by an additional address is agreed as it stood.
      return same || (shadow !== null && shadow.h === h && shadow.s === s);
    case 'hubspot_owner_id': {
      const [mine, theirs] = [ownerInHubSpot(world, h), ownerInSalesforce(world, s)];
      return mine === theirs || theirs === null;
    }
    case 'hs_email_optout':
      return same || plain('hs_email_optout', h) === 'false';
  }
  // A flow makes another value of what it is sent; who keeps what both had then is in agreement.
  const isCased = mapping.hubspotProperty === casedProperty && plain('', h)?.toUpperCase() === s;
  if (isCased && shadow !== null && plain('', shadow.h) === plain('', h) && shadow.s === s) return true;
  if (mapping.rule !== 'ALWAYS_SALESFORCE' || plain('', s) !== null) return same;
  return plain('', h) === null || shadow === null || plain('', shadow.s) === null;
}

/** As both sides would say it. */
export function plain(property: string, value: string | null): string | null {
  const text = (value ?? '').replaceAll('\r\n', '\n').trim();
  if (property === 'hs_email_optout') return text === '' ? 'false' : text;
  if (text === '') return null;
  if (property === 'annualrevenue') return String(Math.round(Number(text) * 100) / 100);
  return property === 'email' ? text.toLowerCase() : text;
}

/** The address that names an owner on both sides: exactly one active owner and one active user have it. */
function ownerInHubSpot({ account, org }: World, id: string | null): string | null {
  const email = account.owners.find((owner) => owner.id === id && owner.active)?.email ?? null;
  return org.users.some((user) => user.active && user.email === email) ? email : null;
}

function ownerInSalesforce({ account, org }: World, id: string | null): string | null {
  const email = org.users.find((user) => user.id === id && user.active)?.email ?? null;
  return account.owners.some((owner) => owner.active && owner.email === email) ? email : null;
}

/** One contact has at most one living link, and so has a record. */
function brokenLinks({ db }: World): string[] {
  const living = db.links.where(({ endedAt }) => endedAt === null);
  const twice = (ids: string[]) => ids.filter((id, position) => ids.indexOf(id) !== position);
  return [
    ...twice(living.map(({ contactId }) => contactId)),
    ...twice(living.map(({ recordId }) => recordId)),
  ].map((id) => `${id} has more than one link`);
}
