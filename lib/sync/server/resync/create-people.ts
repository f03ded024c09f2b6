import { randomUUID } from 'node:crypto';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { SalesforceObject, Values } from '#lib/crm/ports.ts';
import type { Change } from '../../change.ts';
import { type CreationPlan, planCreation } from '../../plan.ts';
import type { Shadow } from '../../shadow.ts';
import { closeIntents, insertIntents, restartIntents } from '../intents-repository.ts';
import { insertLinks, type Link, storeShadows } from '../links-repository.ts';
import type { OutcomeRow } from '../repository.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { causeForAll, isUnanswered } from './answers.ts';
import { creationMayArriveMs, type Newcomer } from './find-records.ts';
import { type Later, objectOf, outcomeOf, type Person, planPerson } from './person.ts';
import type { Session } from './session.ts';
import { type Row, writeRows } from './write-rows.ts';

export type Draft = Newcomer & {
  plan: CreationPlan;
  object: SalesforceObject;
  /** Nobody owns it in HubSpot: the org's assignment rule decides. */
  autoAssign: boolean;
};
export type Created = { people: Person[]; outcomes: OutcomeRow[]; later: Later[] };

const retryWaitMs = 5_000;

/** Plans the records of newcomers; those who lack a required value fail without being sent. */
export function draftRecords(
  session: Session,
  newcomers: readonly Newcomer[],
  object: SalesforceObject,
): { drafts: Draft[]; outcomes: OutcomeRow[] } {
  const drafts: Draft[] = [];
  const outcomes: OutcomeRow[] = [];
  for (const newcomer of newcomers) {
    const { contact } = newcomer;
    const plan = planCreation(session.tables[object], contact.values, session.owners);
    if (plan.missing.length > 0) {
      outcomes.push(
        outcomeOf(contact, {
          object: objectOf(object),
          result: 'FAILED',
          category: 'values',
          code: 'REQUIRED_FIELD_MISSING',
          message: `Required fields are missing: [${plan.missing.join(', ')}]`,
          changes: plan.changes.filter((change) => change.failure),
        }),
      );
    } else {
      const autoAssign = object === 'Lead' && !plan.values.OwnerId;
      drafts.push({ ...newcomer, plan, object, autoAssign });
    }
  }
  return { drafts, outcomes };
}

/**
 * Creates up to 200 records that agree on `autoAssign`. An intent for each is committed before the call; an
 * intent whose answer never came stays open, and its person is left for later.
 */
export async function createPeople(session: Session, drafts: Draft[]): Promise<Result<Created, Trouble>> {
  const intents = await openIntents(session, drafts);
  const changes = drafts.map(({ plan }) => plan.changes.map((change) => ({ ...change })));
  const required = new Set(drafts[0] ? session.tables[drafts[0].object].required : []);
  const rows = drafts.map(
    ({ plan }, position): Row => ({
      values: plan.values,
      changes: changes[position] ?? [],
      isRequired: (name) => required.has(name),
    }),
  );
  const autoAssign = drafts[0]?.autoAssign ?? false;
  let sent = 0;
  const answers = await writeRows<{ id: string }>(
    rows,
    async (positions, values) => {
      if (sent > 0) await restartIntents(db(), idsAt(intents, positions), await now());
      sent += 1;
      const records = positions.map((position, at) => recordOf(drafts[position], values[at]));
      const answer = await session.salesforce.createRecords(records, { autoAssign });
      if (!answer.ok && !isUnanswered(answer.failure)) await abandon(idsAt(intents, positions));
      return answer;
    },
    'salesforce',
    session.troubles,
  );
  if (!answers.ok) return answers;
  return settle(session, drafts, { intents, changes, answers: answers.value });
}

function recordOf(draft: Draft | undefined, values: Values | undefined) {
  if (!draft || !values) throw new Error('A record to create got lost.');
  return { object: draft.object, values };
}

function idsAt(intents: { id: string }[], positions: number[]): string[] {
  return positions.flatMap((position) => intents[position]?.id ?? []);
}

async function openIntents(session: Session, drafts: Draft[]): Promise<{ id: string }[]> {
  const batchId = randomUUID();
  const sentAt = await now();
  const intents = drafts.map(({ contact, address, object }) => ({
    id: randomUUID(),
    ...session.scope,
    contactId: contact.id,
    address,
    object: objectOf(object),
    runId: session.run.id,
    batchId,
    sentAt,
  }));
  await insertIntents(db(), intents);
  return intents;
}

async function abandon(ids: string[]): Promise<void> {
  await closeIntents(
    db(),
    ids.map((id) => ({ id, recordId: null })),
    await now(),
  );
}

type Answers = {
  intents: { id: string }[];
  changes: Change[][];
  answers: Awaited<ReturnType<typeof writeRows<{ id: string }>>> extends Result<infer T, Trouble> ? T : never;
};

/** Stores links and ends of intents, then reads what Salesforce made of the new records. */
async function settle(session: Session, drafts: Draft[], given: Answers): Promise<Result<Created, Trouble>> {
  const at = await now();
  const outcomes: OutcomeRow[] = [];
  const later: Later[] = [];
  const closed: { id: string; recordId: string | null }[] = [];
  const made: { draft: Draft; link: Link; changes: Change[] }[] = [];
  for (const [position, draft] of drafts.entries()) {
    const answer = given.answers[position];
    const intentId = given.intents[position]?.id ?? '';
    const changes = given.changes[position] ?? [];
    if (answer?.kind === 'done') {
      closed.push({ id: intentId, recordId: answer.value.id });
      made.push({ draft, link: linkOf(draft, answer.value.id, changes, at), changes });
    } else if (answer?.kind === 'refused') {
      closed.push({ id: intentId, recordId: null });
      outcomes.push(refused(draft, answer.failure, changes));
    } else {
      const isOpen = answer?.kind !== 'later' || isUnanswered(answer.cause);
      if (!isOpen) closed.push({ id: intentId, recordId: null });
      later.push({
        contactId: draft.contact.id,
        reason: isOpen ? 'unanswered_creation' : 'record_locked',
        waitMs: isOpen ? creationMayArriveMs : retryWaitMs,
      });
    }
  }
  await inTransaction(async (tx) => {
    await closeIntents(tx, closed, at);
    const origin = 'CREATED' as const;
    await insertLinks(
      tx,
      made.map(({ link: { id, contactId, recordId, object } }) => ({
        ...session.scope,
        ...{ id, contactId, recordId, object, origin, createdAt: at },
      })),
    );
    await storeShadows(
      tx,
      made.map(({ link }) => ({ id: link.id, shadow: link.shadow })),
      at,
    );
  });
  const cause = causeForAll(given.answers);
  if (cause) return fail(troubleOf('salesforce', cause, session.troubles));
  const people = await readBack(session, made, at);
  if (!people.ok) return people;
  return ok({ people: people.value, outcomes, later });
}

function refused(draft: Draft, failure: NonNullable<Change['failure']>, changes: Change[]): OutcomeRow {
  return outcomeOf(draft.contact, {
    object: objectOf(draft.object),
    result: 'FAILED',
    ...failure,
    message: failure.message || null,
    changes: changes.filter((change) => change.failure),
  });
}

/** The first shadow of a new record: what was sent, until it has been read back. */
function linkOf(draft: Draft, recordId: string, changes: Change[], at: Date): Link {
  const failed = new Set(changes.filter((change) => change.failure).map((change) => change.mappingId));
  const shadow: Shadow = {};
  for (const [mappingId, { h, s }] of Object.entries(draft.plan.intended)) {
    if (!failed.has(mappingId)) shadow[mappingId] = { h, s, at: at.toISOString(), sent: true };
  }
  return {
    id: randomUUID(),
    contactId: draft.contact.id,
    recordId,
    object: objectOf(draft.object),
    shadow,
    intended: null,
    endedAt: null,
    endCause: null,
  };
}

async function readBack(
  session: Session,
  made: { draft: Draft; link: Link; changes: Change[] }[],
  at: Date,
): Promise<Result<Person[], Trouble>> {
  const object = made[0]?.draft.object;
  if (!object) return ok([]);
  const ids = made.map(({ link }) => link.recordId);
  const records = await session.salesforce.readRecords(object, ids, session.tables[object].names);
  if (!records.ok) return fail(troubleOf('salesforce', records.failure, session.troubles));
  const people = made.map(({ draft, link, changes }, position): Person => {
    const record = records.value[position] ?? unseen(object, link.recordId, at);
    const known = { origin: 'CREATED' as const, isCreated: true, byAdditional: false, warnings: [] };
    const person = { contact: draft.contact, record, link, ...known, earlier: changes };
    return planPerson(session, person, link.shadow, at);
  });
  return ok(people);
}

/** A new record that may not be read takes no part any further: none of its values is known. */
function unseen(object: SalesforceObject, id: string, at: Date) {
  const nobody = { lastModifiedById: '', isConverted: false };
  return { id, object, values: {}, lastModifiedAt: at, systemModstamp: at, ...nobody };
}
