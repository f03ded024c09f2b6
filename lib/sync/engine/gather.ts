import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import type { Link } from '../store.ts';
import { joinCauses } from '../triggers.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { readCriteria } from './ask-gate.ts';
import { askLeftJobs, leftJobWaitMs } from './bulk/left-jobs.ts';
import { claimKeys } from './claims.ts';
import { isBusy, type Later, objectOf, sObjectOf, type Wanted } from './person.ts';
import type { Session } from './session.ts';

/** A person as far as it is known: the ids asked for, the links, and both sides as read just now. */
export type Subject = {
  wanted: Wanted;
  /** Null: HubSpot does not know the contact (any more), or none was named. */
  contact: HubSpotContact | null;
  /** Null: Salesforce did not return it, or none was named. */
  record: SalesforceRecord | null;
  /** The living link. */
  link: Link | null;
  /** Without a living one, the newest that has ended. */
  tombstone: Link | null;
};

export type Gathered = { subjects: Subject[]; later: Later[] };

/**
 * Claims people, finds their links, and reads both sides. Claims come before reading, so that nobody else
 * writes what was read. Rows that turn out to be of one person are joined.
 */
export async function gather(
  session: Session,
  wanted: readonly Wanted[],
): Promise<Result<Gathered, Trouble>> {
  const first = await claim(session, wanted, new Set());
  const joined = await withLinks(session, first.ours);
  const second = await claim(
    session,
    joined.map((each) => each.wanted),
    first.taken,
  );
  const ours = new Set(second.ours);
  const settled = await withoutJobs(
    session,
    joined.filter((each) => ours.has(each.wanted)),
  );
  if (!settled.ok) return settled;
  const { free: found, carried } = settled.value;
  const contacts = await readContacts(session, found);
  if (!contacts.ok) return contacts;
  const records = await readRecords(session, found);
  if (!records.ok) return records;
  const subjects = found.map((each): Subject => {
    const contactId =
      each.wanted.contactId ?? (isRevivable(each.tombstone) ? each.tombstone.contactId : null);
    const recordId = each.wanted.recordId ?? (isRevivable(each.tombstone) ? each.tombstone.recordId : null);
    const contact = contacts.value.get(contactId ?? '') ?? null;
    return { ...each, contact, record: records.value.get(recordId ?? '') ?? null };
  });
  return ok({ subjects, later: [...first.busy, ...second.busy, ...carried] });
}

/** Could the link of somebody who was deleted be taken up again? */
export function isRevivable(link: Link | null): link is Link {
  return link?.endCause === 'deleted_in_hubspot' || link?.endCause === 'deleted_in_salesforce';
}

/** The keys of a person's two halves, as far as they are known. */
export function keysOf(
  session: Session,
  { contactId, recordId }: Pick<Wanted, 'contactId' | 'recordId'>,
): string[] {
  return [
    ...(contactId ? [claimKeys.contact(session.store.scope.workspaceId, contactId)] : []),
    ...(recordId ? [claimKeys.record(recordId)] : []),
  ];
}

async function claim(
  session: Session,
  wanted: readonly Wanted[],
  before: ReadonlySet<string>,
): Promise<{ ours: Wanted[]; busy: Later[]; taken: Set<string> }> {
  const keys = wanted.flatMap((each) => keysOf(session, each)).filter((key) => !before.has(key));
  const taken = new Set([...before, ...(await session.claims.take(keys))]);
  const isOurs = (each: Wanted) => keysOf(session, each).every((key) => taken.has(key));
  return {
    taken,
    ours: wanted.filter(isOurs),
    busy: wanted.filter((each) => !isOurs(each)).map(isBusy),
  };
}

type WithLinks = Pick<Subject, 'wanted' | 'link' | 'tombstone'>;

async function withLinks(session: Session, wanted: readonly Wanted[]): Promise<WithLinks[]> {
  const { store } = session;
  const ofContacts = groupBy(
    await store.linksOfContacts(wanted.flatMap(({ contactId }) => contactId ?? [])),
    ({ contactId }) => contactId,
  );
  const ofRecords = groupBy(
    await store.linksOfRecords(wanted.flatMap(({ recordId }) => recordId ?? [])),
    ({ recordId }) => recordId,
  );
  const people = new Map<string, WithLinks>();
  for (const each of wanted) {
    const mine = each.contactId
      ? (ofContacts.get(each.contactId) ?? [])
      : (ofRecords.get(each.recordId ?? '') ?? []);
    const link = mine.find(({ endedAt }) => endedAt === null) ?? null;
    const whole: Wanted = link
      ? { ...each, contactId: link.contactId, recordId: link.recordId, object: link.object }
      : alone(each);
    const key = whole.contactId ? `contact ${whole.contactId}` : `record ${whole.recordId}`;
    const known = people.get(key);
    if (known) known.wanted = joined(known.wanted, whole);
    else people.set(key, { wanted: whole, link, tombstone: link ? null : (mine[0] ?? null) });
  }
  return [...people.values()];
}

/**
 * Those for whom no Bulk job that somebody left may still write: what such a job carries is neither there nor lost,
 * so nothing can be planned against it.
 */
async function withoutJobs(
  session: Session,
  people: readonly WithLinks[],
): Promise<Result<{ free: WithLinks[]; carried: Later[] }, Trouble>> {
  const links = people.flatMap(({ link, tombstone }) => link ?? tombstone ?? []);
  const left = links.filter(({ jobId }) => jobId !== null);
  if (left.length === 0) return ok({ free: [...people], carried: [] });
  const jobs = await askLeftJobs(session, [...new Set(left.flatMap(({ jobId }) => jobId ?? []))]);
  if (!jobs.ok) return jobs;
  const isWorking = ({ link, tombstone }: WithLinks) =>
    jobs.value.get((link ?? tombstone)?.jobId ?? '') === 'working';
  const over = left.filter(({ jobId }) => jobs.value.get(jobId ?? '') !== 'working').map(({ id }) => id);
  if (over.length > 0) await session.store.transaction((tx) => tx.storeJob(over, null));
  const carried = people
    .filter(isWorking)
    .map(({ wanted }): Later => ({ wanted, reason: 'record_locked', waitMs: leftJobWaitMs('working') }));
  return ok({ free: people.filter((each) => !isWorking(each)), carried });
}

/** Without a link a contact is a person by itself: what it may once have been paired with is another one. */
function alone(wanted: Wanted): Wanted {
  return wanted.contactId ? { ...wanted, recordId: null, object: null } : wanted;
}

function joined(a: Wanted, b: Wanted): Wanted {
  return {
    ...a,
    recordId: a.recordId ?? b.recordId,
    object: a.object ?? b.object,
    causes: joinCauses(a.causes, b.causes),
    triggers: [...a.triggers, ...b.triggers],
    unclearSince: a.unclearSince ?? b.unclearSince,
    attempts: Math.max(a.attempts, b.attempts),
  };
}

function groupBy(links: readonly Link[], keyOf: (link: Link) => string): Map<string, Link[]> {
  const groups = new Map<string, Link[]>();
  for (const link of links) groups.set(keyOf(link), [...(groups.get(keyOf(link)) ?? []), link]);
  return groups;
}

/** By the id that was asked for: after a merge the contact itself has another one. */
async function readContacts(
  session: Session,
  people: readonly WithLinks[],
): Promise<Result<Map<string, HubSpotContact>, Trouble>> {
  const ids = people.flatMap(({ wanted, tombstone }) => [
    ...(wanted.contactId ? [wanted.contactId] : []),
    ...(isRevivable(tombstone) && !wanted.contactId ? [tombstone.contactId] : []),
  ]);
  const more = await readCriteria(session);
  if (!more.ok) return more;
  return contactsById(session, [...new Set(ids)], more.value);
}

async function contactsById(
  session: Session,
  ids: string[],
  more: readonly string[],
): Promise<Result<Map<string, HubSpotContact>, Trouble>> {
  if (ids.length === 0) return ok(new Map());
  const answer = await session.hubspot.readContacts(ids, [...new Set([...session.properties, ...more])]);
  if (!answer.ok) return fail(troubleOf('hubspot', answer.failure, session.troubles));
  const found = new Map<string, HubSpotContact>();
  for (const [position, id] of ids.entries()) {
    const contact = answer.value[position];
    if (contact && !contact.archived) found.set(id, contact);
  }
  return ok(found);
}

async function readRecords(
  session: Session,
  people: readonly WithLinks[],
): Promise<Result<Map<string, SalesforceRecord>, Trouble>> {
  const wanted = people.flatMap(({ wanted: { recordId, object }, tombstone }) => [
    ...(recordId && object ? [{ recordId, object }] : []),
    ...(isRevivable(tombstone) && !recordId ? [tombstone] : []),
  ]);
  return recordsById(session, wanted);
}

/** Records by id, with every mapped field; those that Salesforce does not return are missing. */
export async function recordsById(
  session: Session,
  wanted: readonly { recordId: string; object: Link['object'] }[],
): Promise<Result<Map<string, SalesforceRecord>, Trouble>> {
  const found = new Map<string, SalesforceRecord>();
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const ids = [...new Set(wanted.flatMap((each) => (each.object === object ? [each.recordId] : [])))];
    if (ids.length === 0) continue;
    const sObject = sObjectOf(object);
    const answer = await session.salesforce.readRecords(sObject, ids, fieldsOf(session, sObject));
    if (!answer.ok) return fail(troubleOf('salesforce', answer.failure, session.troubles));
    for (const [position, id] of ids.entries()) {
      const record = answer.value[position];
      if (record) found.set(id, record);
    }
  }
  return ok(found);
}

/** What to read of a record: the mapped fields, its address, and of a Lead what it became. */
export function fieldsOf(session: Session, object: SalesforceObject): string[] {
  const more = objectOf(object) === 'LEAD' ? ['Email', 'ConvertedContactId'] : ['Email'];
  return [...new Set([...session.tables[object].names, ...more])];
}
