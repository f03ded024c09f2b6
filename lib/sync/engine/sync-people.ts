import { ok, type Result } from '#lib/core/result.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import type { SettingsValues } from '#lib/settings/schemas.ts';
import type { Trouble } from '../trouble.ts';
import { applyLife } from './apply-life.ts';
import { checkAddresses } from './check-addresses.ts';
import { logArrived } from './conflicts.ts';
import { draftRecords } from './create-records.ts';
import { createAll, createAllContacts, writeAll } from './deliver.ts';
import { findContacts } from './find-contacts.ts';
import { findRecords } from './find-records.ts';
import { gather, type Subject } from './gather.ts';
import { nameWriters } from './name-writers.ts';
import { type Passed, pass } from './pass-gate.ts';
import { isBusy, type Later, type Person, planPerson, type Wanted } from './person.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { timeConflicts } from './time-conflicts.ts';

/** Asked between two batches: what is under way is finished, nothing new is begun. */
export type ShouldStop = () => Promise<boolean>;
export type GroupEnd = { later: Later[]; stopped: boolean };

/** Links may move a few times in a row (merged, then converted); whoever still moves is left for later. */
const rounds = 4;

/**
 * Syncs a group of people, whatever asked for them: finds out what has become of both sides, asks the gate,
 * matches, plans, then creates and writes in batches, each stored as soon as it is answered. Everybody gets
 * one outcome, or is answered as left for later.
 */
export async function syncPeople(
  session: Session,
  wanted: readonly Wanted[],
  shouldStop: ShouldStop,
): Promise<Result<GroupEnd, Trouble>> {
  const later: Later[] = [];
  let open = [...wanted];
  for (let round = 0; open.length > 0; round += 1) {
    if (round === rounds) {
      later.push(...open.map(isBusy));
      break;
    }
    const gathered = await gather(session, open);
    if (!gathered.ok) return gathered;
    const living = await applyLife(session, gathered.value.subjects);
    if (!living.ok) return living;
    later.push(...gathered.value.later, ...living.value.later);
    const done = await syncLiving(session, living.value.subjects, shouldStop);
    if (!done.ok) return done;
    later.push(...done.value.later);
    if (done.value.stopped) return ok({ later, stopped: true });
    open = living.value.again;
  }
  return ok({ later, stopped: false });
}

async function syncLiving(
  session: Session,
  subjects: readonly Subject[],
  shouldStop: ShouldStop,
): Promise<Result<GroupEnd, Trouble>> {
  if (subjects.length === 0) return ok({ later: [], stopped: false });
  const settings = (await session.store.settings()).values;
  const strangers = await findContacts(
    session,
    subjects.filter(({ link, wanted }) => !link && !wanted.contactId),
  );
  if (!strangers.ok) return strangers;
  const passed = await pass(session, { subjects, strangers: strangers.value.strangers, settings });
  if (!passed.ok) return passed;
  const later = [...strangers.value.later, ...passed.value.later];
  const over = new Set(passed.value.settled.map(({ wanted }) => wanted));
  const known = subjects.flatMap(({ wanted, contact, record, link }) =>
    over.has(wanted) && contact && record && link?.intended ? [{ contact, record, link }] : [],
  );
  const settled = [...strangers.value.settled, ...passed.value.settled];
  if (settled.length > 0) await settle(session, settled, (tx, at) => logArrived(session, known, tx, at));
  const work = { session, shouldStop, askedAt: passed.value.askedAt, later };
  const stopped = await deliver(work, passed.value, settings);
  if (stopped && !stopped.ok) return stopped;
  return ok({ later, stopped: stopped?.value ?? false });
}

type Work = Parameters<typeof writeAll>[0];

async function deliver(work: Work, passed: Passed, settings: SettingsValues) {
  const { session, later } = work;
  const contacts = await createAllContacts(work, passed.drafts);
  if (!contacts.ok || contacts.value.stopped) return contacts.ok ? ok(true as const) : contacts;
  const at = await session.store.now();
  const found = await findRecords(session, [...passed.singles, ...contacts.value.singles], at);
  if (!found.ok) return found;
  const object: SalesforceObject = settings.hubspotCreates === 'lead' ? 'Lead' : 'Contact';
  const { drafts, settled } = draftRecords(session, found.value.newcomers, object);
  later.push(...found.value.later);
  const { answered } = found.value;
  const all = [...found.value.settled, ...settled];
  if (all.length + answered.length > 0) {
    await settle(session, all, (tx, time) => tx.closeIntents(answered, time));
  }
  const spoken = new Set(found.value.newcomers.map(({ contact }) => contact.id));
  const matched = withoutDoubles(found.value.people, spoken, later);
  const pairs = withoutDoubles([...passed.linked, ...contacts.value.pairs], spoken, later);
  const planned = pairs.map((person) => planPerson(session, person, at));
  const timed = await timeConflicts(session, [...planned, ...matched], at);
  if (!timed.ok) return timed;
  const free = await checkAddresses(session, timed.value);
  if (!free.ok) return free;
  const people = await nameWriters(session, free.value);
  if (!people.ok) return people;
  return (await createAll(work, drafts)) ?? (await writeAll(work, people.value));
}

/** Those to be linked whose contact and record nobody before them is linked with; the others are left for later. */
function withoutDoubles<T extends Pick<Person, 'wanted' | 'contact' | 'record' | 'link'>>(
  people: readonly T[],
  spoken: Set<string>,
  later: Later[],
): T[] {
  return people.filter(({ wanted, contact, record, link }) => {
    if (link) return true;
    const isDouble = spoken.has(contact.id) || spoken.has(record.id);
    spoken.add(contact.id).add(record.id);
    if (isDouble) later.push(isBusy(wanted));
    return !isDouble;
  });
}
