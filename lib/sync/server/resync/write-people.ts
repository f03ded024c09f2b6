import { randomUUID } from 'node:crypto';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, Values } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { Change } from '../../change.ts';
import type { Shadow } from '../../shadow.ts';
import { insertLinks, storeIntended, storeShadows } from '../links-repository.ts';
import { insertOutcomes } from '../repository.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Answer, causeForAll } from './answers.ts';
import { type Later, objectOf, type Person, personOutcome } from './person.ts';
import type { Session } from './session.ts';
import { writeRows } from './write-rows.ts';

/** A person under way: its link's id, and what became of each change so far. */
type Work = { person: Person; linkId: string; changes: Change[]; isLater: boolean; answered: Values | null };

const retryWaitMs = 5_000;

/**
 * Writes the planned values of up to 200 people on both sides, then stores links, shadows and outcomes in
 * one transaction. What is about to be written is stored before it is sent, so that whoever comes after a
 * crash can tell it. Answers those who must be tried again.
 */
export async function writePeople(session: Session, people: Person[]): Promise<Result<Later[], Trouble>> {
  const works = people.map(
    (person): Work => ({
      person,
      linkId: person.link?.id ?? randomUUID(),
      changes: person.plan.changes.map((change) => ({ ...change })),
      isLater: false,
      answered: null,
    }),
  );
  await storeLinks(session, works);
  const salesforce = await writeSalesforce(session, works);
  if (!salesforce.ok) return salesforce;
  const hubspot = await writeHubSpot(session, works);
  if (!hubspot.ok) return hubspot;
  const done = works.filter((work) => !work.isLater);
  const at = await now();
  await inTransaction(async (tx) => {
    const shadows = done.map((work) => ({ id: work.linkId, shadow: shadowOf(work, at) }));
    await storeShadows(tx, shadows, at);
    const outcomes = done.map(({ person, changes }) =>
      personOutcome(person, [...person.earlier, ...changes]),
    );
    await insertOutcomes(tx, session.run, outcomes, at);
  });
  return ok(
    works
      .filter((work) => work.isLater)
      .map(({ person }) => ({
        contactId: person.contact.id,
        reason: 'record_locked',
        waitMs: retryWaitMs,
      })),
  );
}

/** Links those who were only matched so far, and notes what is about to be written. */
async function storeLinks(session: Session, works: Work[]): Promise<void> {
  const createdAt = await now();
  const links = works
    .filter(({ person }) => person.link === null)
    .map(({ person, linkId }) => ({
      ...session.scope,
      id: linkId,
      contactId: person.contact.id,
      recordId: person.record.id,
      object: objectOf(person.record.object),
      origin: person.origin,
      createdAt,
    }));
  const intended = works
    .filter(({ person }) => Object.keys(person.plan.intended).length > 0)
    .map(({ person, linkId }) => ({ id: linkId, intended: person.plan.intended }));
  if (links.length + intended.length === 0) return;
  await inTransaction(async (tx) => {
    if (links.length > 0) await insertLinks(tx, links);
    if (intended.length > 0) await storeIntended(tx, intended);
  });
}

const isEmpty = (values: Values) => Object.keys(values).length === 0;

async function writeSalesforce(session: Session, works: Work[]): Promise<Result<null, Trouble>> {
  const wanted = works.filter(({ person }) => !isEmpty(person.plan.salesforce));
  if (wanted.length === 0) return ok(null);
  const rows = wanted.map(({ person, changes }) => ({ values: person.plan.salesforce, changes }));
  const answers = await writeRows<void>(
    rows,
    (positions, values) =>
      session.salesforce.updateRecords(
        positions.map((position, at) => {
          const record = wanted[position]?.person.record;
          if (!record) throw new Error('A record to update got lost.');
          return { id: record.id, object: record.object, values: values[at] ?? {} };
        }),
      ),
    'salesforce',
    session.troubles,
  );
  if (!answers.ok) return answers;
  const cause = causeForAll(answers.value);
  if (cause) return fail(troubleOf('salesforce', cause, session.troubles));
  for (const [position, work] of wanted.entries()) work.isLater = isLater(answers.value[position]);
  return ok(null);
}

function isLater(answer: Answer<unknown> | undefined): boolean {
  return answer === undefined || answer.kind === 'later';
}

async function writeHubSpot(session: Session, works: Work[]): Promise<Result<null, Trouble>> {
  const wanted = works.filter(({ person, isLater }) => !isLater && !isEmpty(person.plan.hubspot));
  if (wanted.length === 0) return ok(null);
  const rows = wanted.map(({ person, changes }) => ({ values: person.plan.hubspot, changes }));
  const answers = await writeRows<HubSpotContact>(
    rows,
    (positions, values) =>
      session.hubspot.updateContacts(
        positions.map((position, at) => ({
          id: wanted[position]?.person.contact.id ?? '',
          values: values[at] ?? {},
        })),
      ),
    'hubspot',
    session.troubles,
  );
  if (!answers.ok) return answers;
  const cause = causeForAll(answers.value);
  if (cause) return fail(troubleOf('hubspot', cause, session.troubles));
  for (const [position, work] of wanted.entries()) {
    const answer = answers.value[position];
    work.isLater = isLater(answer);
    if (answer?.kind === 'done') {
      work.answered = answer.value.values;
      markNotTaken(session, work);
    }
  }
  return ok(null);
}

/** HubSpot's answer is compared with what was sent: a value silently not taken is a failed field. */
function markNotTaken(session: Session, work: Work): void {
  const { person, changes, answered } = work;
  const fields = new Map(
    session.tables[person.record.object].fields.map((field) => [field.mappingId, field]),
  );
  for (const change of changes) {
    const field = fields.get(change.mappingId);
    if (change.to !== 'hubspot' || change.failure || !field || !answered) continue;
    if (!(change.property in answered)) continue;
    const wanted = person.plan.hubspot[change.property] ?? null;
    const isTaken =
      field.kind === 'email'
        ? answered[change.property]?.toLowerCase() === wanted?.toLowerCase()
        : isSame(field.pair, answered[change.property], wanted);
    if (isTaken) continue;
    change.failure = { category: 'values', code: 'value_not_taken', message: '' };
  }
}

/** What both sides agree on now: the former agreements, and every write that went through. */
function shadowOf({ person, changes, answered }: Work, at: Date): Shadow {
  const shadow: Shadow = { ...person.plan.shadow };
  for (const change of changes) {
    const pair = person.plan.intended[change.mappingId];
    if (change.failure || !pair) continue;
    const isHubSpot = change.to === 'hubspot';
    const h = isHubSpot ? (answered?.[change.property] ?? pair.h) : pair.h;
    shadow[change.mappingId] = {
      h,
      s: pair.s,
      at: at.toISOString(),
      ...(isHubSpot ? {} : { sent: true }),
    };
  }
  return shadow;
}
