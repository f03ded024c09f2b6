import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceObject } from '#lib/crm/ports.ts';
import { closeIntents } from '../intents-repository.ts';
import { insertOutcomes, type OutcomeRow } from '../repository.ts';
import type { Trouble } from '../trouble.ts';
import { checkAddresses } from './check-addresses.ts';
import { createPeople, type Draft, draftRecords } from './create-people.ts';
import { findRecords } from './find-records.ts';
import type { Later, Person } from './person.ts';
import { readPeople } from './read-people.ts';
import type { Session } from './session.ts';
import { stayMembers } from './stay-members.ts';
import { timeConflicts } from './time-conflicts.ts';
import { writePeople } from './write-people.ts';

/** A Salesforce collection takes 200 records; people without a write cost no call. */
const writeSize = 200;

/** Asked between two batches: what is under way is finished, nothing new is begun. */
export type ShouldStop = () => Promise<boolean>;
export type GroupEnd = { later: Later[]; stopped: boolean };

/**
 * Syncs a group of members both ways: reads, matches, plans, then creates and writes in batches of 200, each
 * stored as soon as it is answered.
 */
export async function syncGroup(
  session: Session,
  ids: string[],
  creates: SalesforceObject,
  shouldStop: ShouldStop,
): Promise<Result<GroupEnd, Trouble>> {
  const readers = await readPeople(session, ids);
  if (!readers.ok) return readers;
  const at = await now();
  const found = await findRecords(session, readers.value, at);
  if (!found.ok) return found;
  const { drafts, outcomes } = draftRecords(session, found.value.newcomers, creates);
  await storeClear(session, [...readers.value.outcomes, ...found.value.outcomes, ...outcomes], at, {
    settled: found.value.settled,
  });
  const timed = await timeConflicts(session, found.value.people, at);
  if (!timed.ok) return timed;
  const people = await checkAddresses(session, timed.value);
  if (!people.ok) return people;
  const work: Work = {
    session,
    shouldStop,
    askedAt: readers.value.askedAt,
    later: [...readers.value.later, ...found.value.later],
  };
  const stopped = (await createAll(work, drafts)) ?? (await writeAll(work, people.value));
  if (stopped && !stopped.ok) return stopped;
  return ok({ later: work.later, stopped: stopped?.value ?? false });
}

type Work = { session: Session; shouldStop: ShouldStop; askedAt: Date; later: Later[] };
/** Null: go on. Otherwise the group ends here: stopped, or in trouble. */
type Halt = Result<true, Trouble> | null;

/** Outcomes that need no write, and earlier creations whose fate is known. */
async function storeClear(
  session: Session,
  outcomes: OutcomeRow[],
  at: Date,
  { settled }: { settled: { id: string; recordId: string | null }[] },
): Promise<void> {
  if (outcomes.length + settled.length === 0) return;
  await inTransaction(async (tx) => {
    if (settled.length > 0) await closeIntents(tx, settled, at);
    await insertOutcomes(tx, session.run, outcomes, at);
  });
}

async function createAll(work: Work, drafts: Draft[]): Promise<Halt> {
  const groups = [
    drafts.filter(({ autoAssign }) => !autoAssign),
    drafts.filter(({ autoAssign }) => autoAssign),
  ];
  for (const batch of groups.flatMap((group) => batchesOf(group))) {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    if (members.value.length === 0) continue;
    const created = await createPeople(work.session, members.value);
    if (!created.ok) return created;
    work.later.push(...created.value.later);
    await storeClear(work.session, created.value.outcomes, await now(), { settled: [] });
    const written = await writePeople(work.session, created.value.people);
    if (!written.ok) return written;
    work.later.push(...written.value);
  }
  return null;
}

async function writeAll(work: Work, people: Person[]): Promise<Halt> {
  const isEmpty = ({ plan }: Person) => Object.keys(plan.salesforce).length === 0;
  // Those for Salesforce together: so it takes the fewest calls.
  const sorted = [...people.filter((person) => !isEmpty(person)), ...people.filter(isEmpty)];
  for (const batch of batchesOf(sorted)) {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    const written = await writePeople(work.session, members.value);
    if (!written.ok) return written;
    work.later.push(...written.value);
  }
  return null;
}

/** The batch as far as its people are still members, or `stop`. */
async function nextBatch<T extends { contact: HubSpotContact }>(
  work: Work,
  batch: T[],
): Promise<Result<T[] | 'stop', Trouble>> {
  if (await work.shouldStop()) return ok('stop' as const);
  const members = await stayMembers(work.session, batch, work.askedAt);
  if (!members.ok) return members;
  await storeClear(work.session, members.value.outcomes, await now(), { settled: [] });
  work.later.push(...members.value.later);
  return ok(members.value.people);
}

function batchesOf<T>(items: T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += writeSize) {
    batches.push(items.slice(start, start + writeSize));
  }
  return batches;
}
