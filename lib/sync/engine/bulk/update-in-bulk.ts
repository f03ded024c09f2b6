import { chunk } from '#lib/core/chunk.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import { isUnanswered } from '../answers.ts';
import { isStale, stayMembers } from '../ask-gate.ts';
import type { Later, Person } from '../person.ts';
import type { Session } from '../session.ts';
import { storeWritten } from '../store-written.ts';
import type { ShouldStop } from '../sync-people.ts';
import type { Work } from '../work.ts';
import { stillMembers, storeIntentions, worksOf, writeHubSpot, writeSalesforce } from '../write-people.ts';
import { abortOpenJob, canCarry, isRefused, isSameGate, untilEnded } from './bulk-job.ts';

export type Updated = {
  /** Whom no job can carry: to be written by collections. */
  left: Person[];
  later: Later[];
};

type Asked = { askedAt: Date; shouldStop: ShouldStop };

/** So many people at once: a collection, and what is stored in one transaction. */
const batchSize = 200;
const retryWaitMs = 5_000;
const leftJobWaitMs = 60_000;

/**
 * Writes what is planned for many records of one object by one Bulk job. Their contacts are written first, while
 * what was read of them is new; then HubSpot is asked for the members, the job's id is stored with each link, and
 * only then the upload is completed. Whoever comes after a crash finds the job by the links and waits for its end.
 * Rows that the job does not save go by collections, which tell why. Whoever is to stop is heard before each batch of
 * contacts, and before the upload is completed.
 */
export async function updateInBulk(
  session: Session,
  object: SalesforceObject,
  people: readonly Person[],
  { askedAt, shouldStop }: Asked,
): Promise<Result<Updated, Trouble>> {
  const able = people.filter(({ plan }) => canCarry(plan.salesforce));
  const job = await session.salesforce.openBulkJob({ object, operation: 'update' });
  if (!job.ok && !isRefused(job.failure)) {
    return fail(troubleOf('salesforce', job.failure, session.troubles));
  }
  // Salesforce does not want a Bulk job for these: collections tell of each record why.
  if (!job.ok) return ok({ left: [...people], later: [] });
  const works: Work[] = worksOf(session, able);
  const done = await carryOut(session, job.value.jobId, works, { askedAt, shouldStop });
  if (!done.ok) return done;
  const later = works
    .filter(({ isLater }) => isLater)
    .map(
      ({ person }): Later => ({ wanted: person.wanted, reason: 'record_locked', waitMs: done.value.waitMs }),
    );
  return ok({ left: people.filter(({ plan }) => !canCarry(plan.salesforce)), later });
}

/** How long those wait at least who are not done. */
type Carried = { waitMs: number };

async function carryOut(
  session: Session,
  jobId: string,
  works: Work[],
  asked: Asked,
): Promise<Result<Carried, Trouble>> {
  const written = await writeContacts(session, works, asked);
  if (!written.ok || written.value === 'stop') {
    await abortOpenJob(session, jobId);
    return written.ok ? putOff(works) : written;
  }
  const begun = await begin(session, jobId, works);
  if (!begun.ok) return begun;
  const carried = works.filter(({ isLater }) => !isLater);
  if (begun.value === 'put off' || carried.length === 0) return putOff(carried);
  const saved = begun.value === 'sent' ? await savedBy(session, jobId, carried) : ok(new Set<string>());
  if (!saved.ok) return saved;
  // The job goes on without us: whoever comes next asks for it.
  if (saved.value === null) return putOff(carried, leftJobWaitMs);
  return storeAll(session, carried, saved.value);
}

function putOff(works: Work[], waitMs = retryWaitMs): Result<Carried, Trouble> {
  for (const work of works) work.isLater = true;
  return ok({ waitMs });
}

/** Notes what is intended for everybody, and writes what is to be written in HubSpot. */
async function writeContacts(
  session: Session,
  works: Work[],
  { askedAt, shouldStop }: Asked,
): Promise<Result<'written' | 'stop', Trouble>> {
  for (const batch of chunk(works, batchSize)) {
    if (await shouldStop()) return ok('stop' as const);
    await storeIntentions(session, batch);
    const asked = await stillMembers(session, batch, askedAt);
    if (!asked.ok) return asked;
    const written = await writeHubSpot(session, batch, asked.value);
    if (!written.ok) return written;
  }
  return ok((await shouldStop()) ? ('stop' as const) : ('written' as const));
}

/**
 * Gives the job its rows, if the gate lets them pass. `refused`: Salesforce does not take them, so that they go by
 * collections; `put off`: nothing was sent.
 */
async function begin(
  session: Session,
  jobId: string,
  works: Work[],
): Promise<Result<'sent' | 'refused' | 'put off', Trouble>> {
  const { store, salesforce, troubles } = session;
  const gate = await store.gate(await store.now());
  const asked = await keepMembers(session, works);
  if (!asked.ok) {
    await abortOpenJob(session, jobId);
    return asked;
  }
  const carried = works.filter(({ isLater }) => !isLater);
  const ids = carried.map(({ linkId }) => linkId);
  await store.transaction((tx) => tx.storeJob(ids, jobId));
  const isOther = !isSameGate(gate, await store.gate(await store.now()));
  if (isOther || carried.length === 0 || (await isStale(session, asked.value))) {
    await abortOpenJob(session, jobId);
    await store.transaction((tx) => tx.storeJob(ids, null));
    return ok('put off');
  }
  const rows = carried.map(({ person }) => ({ Id: person.record.id, ...person.plan.salesforce }));
  const started = await salesforce.startBulkJob(jobId, rows);
  if (started.ok) return ok('sent');
  // The rows may be there: the links keep the job, and whoever comes next asks for it.
  if (isUnanswered(started.failure)) return fail(troubleOf('salesforce', started.failure, troubles));
  await abortOpenJob(session, jobId);
  await store.transaction((tx) => tx.storeJob(ids, null));
  if (!isRefused(started.failure)) return fail(troubleOf('salesforce', started.failure, troubles));
  return ok('refused');
}

/** Asks for the members just before; who has left is done with, or tried again if HubSpot was written already. */
async function keepMembers(session: Session, works: Work[]): Promise<Result<Date, Trouble>> {
  const open = works.filter(({ isLater }) => !isLater);
  const people = open.map(({ person }) => person);
  const members = await stayMembers(session, people, new Date(0));
  if (!members.ok) return members;
  const still = new Set(members.value.people);
  for (const work of open) work.isLater = !still.has(work.person);
  return ok(members.value.askedAt);
}

/** Which records the job has saved; null if it takes too long to be waited for. */
async function savedBy(
  session: Session,
  jobId: string,
  works: readonly Work[],
): Promise<Result<Set<string> | null, Trouble>> {
  const ended = await untilEnded(session, jobId, works.length);
  if (!ended.ok || ended.value === null) return ended.ok ? ok(null) : ended;
  const results = await session.salesforce.bulkResults(jobId, works.length);
  if (!results.ok) return fail(troubleOf('salesforce', results.failure, session.troubles));
  return ok(new Set(results.value.saved.map(({ id }) => id)));
}

/** Sends what the job has not saved by collections, and stores what became of everybody. */
async function storeAll(
  session: Session,
  works: Work[],
  saved: ReadonlySet<string>,
): Promise<Result<Carried, Trouble>> {
  const isSaved = ({ person }: Work) => saved.has(person.record.id);
  for (const batch of chunk(works.filter(isSaved), batchSize)) await storeWritten(session, batch);
  for (const batch of chunk(
    works.filter((work) => !isSaved(work)),
    batchSize,
  )) {
    await session.store.transaction((tx) =>
      tx.storeJob(
        batch.map(({ linkId }) => linkId),
        null,
      ),
    );
    const asked = await keepMembers(session, batch);
    if (!asked.ok) return asked;
    const members = batch.filter(({ isLater }) => !isLater);
    const written = await writeSalesforce(session, members, asked.value);
    if (!written.ok) return written;
    await storeWritten(
      session,
      members.filter(({ isLater }) => !isLater),
    );
  }
  return ok({ waitMs: retryWaitMs });
}
