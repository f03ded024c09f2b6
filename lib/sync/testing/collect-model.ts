import type { Values } from '#lib/crm/ports.ts';
import { mappedNames } from '../collect/mapped-names.ts';
import { nextSeen, type SeenFields } from '../seen.ts';
import type { Link } from '../store.ts';
import type { Cause } from '../triggers.ts';
import { propertyValue, type StoredContact } from './memory/hubspot-contact.ts';
import { isPurged } from './memory/salesforce-changes.ts';
import type { StoredRecord } from './memory/salesforce-record.ts';
import type { World } from './world.ts';

/** Everybody's mapped values at some moment, by side and id. */
export type Snapshot = { at: number; values: Map<string, Values> };

/** What everybody's mapped values are now. */
export function snapshotOf(world: World): Snapshot {
  const { properties, fields } = mappedNames(world.db.mappings);
  const contacts = [...world.account.contacts.values()].map((contact): [string, Values] => [
    `hubspot:${contact.id}`,
    Object.fromEntries(properties.map((name) => [name, propertyValue(contact, name)])),
  ]);
  const records = world.org
    .all()
    .map((record): [string, Values] => [
      `salesforce:${record.id}`,
      Object.fromEntries(fields[record.object].map((name) => [name, record.values[name] ?? null])),
    ]);
  return { at: world.clock.ms(), values: new Map([...contacts, ...records]) };
}

/** `polls`: what polls alone must find. `daily`: what must be known after a daily check too. */
export type Depth = 'polls' | 'daily';

/**
 * What is wrong with what was collected since both systems were connected first, once everything was polled without faults; none is right.
 */
export function missedBy(world: World, atConnecting: Snapshot, depth: Depth): string[] {
  const now = snapshotOf(world);
  const contacts = [...world.account.contacts.values()].filter(({ archivedAt }) => archivedAt === null);
  const records = world.org
    .all()
    .filter(({ deletedAt, convertedTo }) => deletedAt === null && convertedTo === null);
  return [
    ...contacts.flatMap((contact) => missedOfContact(world, contact, atConnecting, now)),
    ...records.flatMap((record) => missedOfRecord(world, record, { depth, atConnecting, now })),
    ...world.db.links.all().flatMap((link) => missedOfLink(world, link, depth)),
    ...missedMembers(world, atConnecting),
  ];
}

function causesOf(world: World, id: string): Cause[] {
  return world.db.triggers
    .where(({ contactId, recordId }) => contactId === id || recordId === id)
    .flatMap(({ causes }) => causes);
}

function isAsSeen(seen: SeenFields, values: Values): boolean {
  const fresh = nextSeen(null, values, Object.keys(values), new Date(0));
  return Object.entries(fresh).every(([name, { h }]) => seen[name]?.h === h);
}

function missedOfContact(world: World, contact: StoredContact, before: Snapshot, now: Snapshot): string[] {
  const key = `hubspot:${contact.id}`;
  const values = now.values.get(key) ?? {};
  const kinds = new Set(causesOf(world, contact.id).map(({ kind }) => kind));
  const seen = world.db.seen.get(key);
  const found: string[] = [];
  const isNew = contact.createdAt >= before.at;
  if (contact.updatedAt > before.at && !(seen && isAsSeen(seen.fields, values))) {
    found.push(`${key} is not as it was seen last`);
  }
  const was = before.values.get(key);
  const differs =
    was && Object.keys(values).some((name) => !isAsSeen({ ...hash(name, was) }, pick(name, values)));
  // Of what was changed before a contact went into the bin, nothing tells once it is back.
  if (differs && !contact.wasArchived && !kinds.has('changed'))
    found.push(`${key} changed, and nobody was told`);
  if (isNew && contact.merged.length === 0 && !kinds.has('created') && !kinds.has('changed')) {
    found.push(`${key} was created, and nobody was told`);
  }
  const wasUntouched =
    was !== undefined &&
    Object.values(contact.history).every((versions) => versions.every(({ at }) => at.getTime() < before.at));
  if (wasUntouched && kinds.has('changed') && !hasSalesforceCause(world, contact.id)) {
    found.push(`${key} never changed, but is said to`);
  }
  return found;
}

function hasSalesforceCause(world: World, id: string): boolean {
  return causesOf(world, id).some(({ kind, side }) => kind === 'changed' && side === 'salesforce');
}

const pick = (name: string, values: Values): Values => ({ [name]: values[name] ?? null });
const hash = (name: string, values: Values) => nextSeen(null, pick(name, values), [name], new Date(0));

function missedOfRecord(
  world: World,
  record: StoredRecord,
  { depth, atConnecting, now }: { depth: Depth; atConnecting: Snapshot; now: Snapshot },
): string[] {
  if (depth === 'polls' && world.lateRecords.has(record.id)) return [];
  const key = `salesforce:${record.id}`;
  const seen = world.db.seen.get(key);
  const isChanged = record.lastModifiedAt > atConnecting.at;
  if (!isChanged || (seen && isAsSeen(seen.fields, now.values.get(key) ?? {}))) return [];
  return [`${key} is not as it was seen last`];
}

/** Ends of a linked person that polls, or the daily check, must have noticed. */
function missedOfLink(world: World, { contactId, recordId }: Link, depth: Depth): string[] {
  const contact = world.account.find(contactId);
  const record = world.org.get(recordId);
  const causes = causesOf(world, contactId);
  const isTold = (side: Cause['side'], ...kinds: Cause['kind'][]) =>
    causes.some((cause) => cause.side === side && kinds.includes(cause.kind));
  const found: string[] = [];
  const isGone = !contact || contact.archivedAt !== null;
  if (depth === 'daily' && isGone && !isTold('hubspot', 'deleted'))
    found.push(`${contactId} is gone, and nobody was told`);
  const isMerged = contact && contact.id !== contactId && !isGone;
  if (depth === 'daily' && isMerged && !isTold('hubspot', 'merged'))
    found.push(`${contactId} was merged, and nobody was told`);
  // Of a deletion that Salesforce tells no more all that is known is that the record is missing.
  const isGoneLong = record && isPurged(world.org, record) && isTold('salesforce', 'changed');
  if (record && record.deletedAt !== null && !isGoneLong && !isTold('salesforce', 'deleted', 'merged')) {
    found.push(`${recordId} was deleted, and nobody was told`);
  }
  if (record?.convertedTo && record.deletedAt === null && !isTold('salesforce', 'converted')) {
    found.push(`${recordId} was converted, and nobody was told`);
  }
  return found;
}

function missedMembers(world: World, atConnecting: Snapshot): string[] {
  const { inclusionListId } = world.db.settings().values;
  const list = inclusionListId === null ? undefined : world.account.lists.get(inclusionListId);
  if (!list) return [];
  const stays = world.db.stays.where(({ listId, until }) => listId === list.listId && until === null);
  const stored = stays.map(({ contactId }) => contactId).sort();
  const members = [...list.members.keys()].sort();
  const found =
    stored.join() === members.join() ? [] : [`the members are ${members}, but ${stored} are stored`];
  // Who came in before an org was connected is older than the connection.
  const from = world.orgs[0] === world ? 0 : atConnecting.at;
  const isJoiner = ({ isBaseline, since }: (typeof stays)[number]) => !isBaseline && since.getTime() >= from;
  const joiners = stays.filter(isJoiner).map(({ contactId }) => contactId);
  const untold = joiners.filter((id) => !causesOf(world, id).some(({ kind }) => kind === 'joined'));
  return [...found, ...untold.map((id) => `${id} joined, and nobody was told`)];
}
