import { fail, ok, type Result } from '#lib/core/result.ts';
import type { SalesforceObject, Values } from '#lib/crm/ports.ts';
import type { Change } from '../change.ts';
import { type CreationPlan, planCreation } from '../plan.ts';
import type { Shadow } from '../shadow.ts';
import type { Link } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Answer, causeForAll, isUnanswered } from './answers.ts';
import { whileFresh } from './ask-gate.ts';
import type { Newcomer } from './find-records.ts';
import { creationMayArriveMs } from './intents.ts';
import { freshLink, newLinkOf } from './links.ts';
import { type Later, objectOf, outcomeOf, type Settled, skipped } from './person.ts';
import type { Made } from './read-back.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { type Row, writeRows } from './write-rows.ts';

export type Draft = Newcomer & {
  plan: CreationPlan;
  object: SalesforceObject;
  /** Nobody owns it in HubSpot: the org's assignment rule decides. */
  autoAssign: boolean;
};
/** `made`: their links are stored; what Salesforce made of them is to be read. */
export type CreatedRecords = { made: Made[]; later: Later[] };

const retryWaitMs = 5_000;

/**
 * Plans the records of newcomers; those who lack a required value fail without being sent. Nobody gets a record
 * without an address of its own: if its answer were lost, nobody could find it again.
 */
export function draftRecords(
  session: Session,
  newcomers: readonly Newcomer[],
  object: SalesforceObject,
): { drafts: Draft[]; settled: Settled[] } {
  const drafts: Draft[] = [];
  const settled: Settled[] = [];
  for (const newcomer of newcomers) {
    const { contact, wanted } = newcomer;
    const email = contact.values.email?.trim();
    if (!email) {
      settled.push(skipped(wanted, { contact }, 'no_email'));
      continue;
    }
    const planned = planCreation(session.tables[object], contact.values, session.owners);
    const plan: CreationPlan = { ...planned, values: { Email: email, ...planned.values } };
    if (plan.missing.length > 0) {
      const outcome = outcomeOf(
        wanted,
        { contact },
        {
          object: objectOf(object),
          result: 'FAILED',
          category: 'values',
          code: 'REQUIRED_FIELD_MISSING',
          message: `Required fields are missing: [${plan.missing.join(', ')}]`,
          changes: plan.changes.filter((change) => change.failure),
        },
      );
      settled.push({ wanted, outcome });
    } else {
      const autoAssign = object === 'Lead' && !plan.values.OwnerId;
      drafts.push({ ...newcomer, plan, object, autoAssign });
    }
  }
  return { drafts, settled };
}

/**
 * Creates up to 200 records that agree on `autoAssign`, for contacts that were members at `askedAt`. An intent for
 * each is committed before the call; an intent whose answer never came stays open, and its person is left for later.
 */
export async function createRecords(
  session: Session,
  drafts: Draft[],
  askedAt: Date,
): Promise<Result<CreatedRecords, Trouble>> {
  const intentIds = await openIntents(session, drafts, null);
  const changes = drafts.map(({ plan }) => plan.changes.map((change) => ({ ...change })));
  const required = ['Email', ...(drafts[0] ? session.tables[drafts[0].object].required : [])];
  const rows = drafts.map(
    ({ plan }, position): Row => ({
      values: plan.values,
      changes: changes[position] ?? [],
      isRequired: (name) => required.includes(name),
    }),
  );
  const autoAssign = drafts[0]?.autoAssign ?? false;
  let isRepeated = false;
  const answers = await writeRows<{ id: string }>(
    rows,
    async (positions, values) => {
      const ids = positions.flatMap((position) => intentIds[position] ?? []);
      if (isRepeated) {
        const at = await session.store.now();
        await session.store.transaction((tx) => tx.restartIntents(ids, at));
      }
      isRepeated = true;
      const records = positions.map((position, at) => recordOf(drafts[position], values[at]));
      const answer = await whileFresh(session, askedAt, () =>
        session.salesforce.createRecords(records, { autoAssign }),
      );
      if (!answer.ok && !isUnanswered(answer.failure)) await abandon(session, ids);
      return answer;
    },
    'salesforce',
    session.troubles,
  );
  if (!answers.ok) return answers;
  return storeCreated(session, drafts, { intentIds, changes, answers: answers.value });
}

function recordOf(draft: Draft | undefined, values: Values | undefined) {
  if (!draft || !values) throw new Error('A record to create got lost.');
  return { object: draft.object, values };
}

/** Commits an intent for each creation before it is sent; their ids, in order. */
export async function openIntents(
  session: Session,
  drafts: readonly Draft[],
  jobId: string | null,
): Promise<string[]> {
  const batchId = session.newId();
  const sentAt = await session.store.now();
  const intents = drafts.map(({ contact, address, object }) => ({
    id: session.newId(),
    contactId: contact.id,
    address,
    object: objectOf(object),
    runId: session.run.id,
    batchId,
    sentAt,
    jobId,
  }));
  await session.store.transaction((tx) => tx.insertIntents(intents));
  return intents.map(({ id }) => id);
}

/** Nothing will come of these creations. */
export async function abandon(session: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const at = await session.store.now();
  const rows = ids.map((id) => ({ id, recordId: null }));
  await session.store.transaction((tx) => tx.closeIntents(rows, at));
}

type Given = { intentIds: string[]; changes: Change[][]; answers: Answer<{ id: string }>[] };

/** Stores links and ends of intents. */
export async function storeCreated(
  session: Session,
  drafts: readonly Draft[],
  given: Given,
): Promise<Result<CreatedRecords, Trouble>> {
  const at = await session.store.now();
  const settled: Settled[] = [];
  const later: Later[] = [];
  const closed: { id: string; recordId: string | null }[] = [];
  const made: Made[] = [];
  for (const [position, draft] of drafts.entries()) {
    const answer = given.answers[position];
    const id = given.intentIds[position] ?? '';
    const changes = given.changes[position] ?? [];
    if (answer?.kind === 'done') {
      closed.push({ id, recordId: answer.value.id });
      made.push({ draft, link: linkOf(session, draft, answer.value.id, { changes, at }), changes });
    } else if (answer?.kind === 'refused') {
      closed.push({ id, recordId: null });
      settled.push(refused(draft, answer.failure, changes));
    } else {
      const isOpen = answer?.kind !== 'later' || isUnanswered(answer.cause);
      if (!isOpen) closed.push({ id, recordId: null });
      later.push({
        wanted: draft.wanted,
        reason: isOpen ? 'unanswered_creation' : 'record_locked',
        waitMs: isOpen ? creationMayArriveMs : retryWaitMs,
      });
    }
  }
  await settle(session, settled, async (tx) => {
    await tx.closeIntents(closed, at);
    await tx.insertLinks(made.map(({ link }) => ({ ...newLinkOf(link), shadow: link.shadow })));
  });
  const cause = causeForAll(given.answers);
  if (cause) return fail(troubleOf('salesforce', cause, session.troubles));
  return ok({ made, later });
}

function refused(draft: Draft, failure: NonNullable<Change['failure']>, changes: Change[]): Settled {
  const { wanted, contact, object } = draft;
  const outcome = outcomeOf(
    wanted,
    { contact },
    {
      object: objectOf(object),
      result: 'FAILED',
      ...failure,
      message: failure.message || null,
      changes: changes.filter((change) => change.failure),
    },
  );
  return { wanted, outcome };
}

/** The first shadow of a new record: what was sent, until it has been read back. */
function linkOf(
  session: Session,
  draft: Draft,
  recordId: string,
  { changes, at }: { changes: Change[]; at: Date },
): Link {
  const failed = new Set(changes.filter((change) => change.failure).map((change) => change.mappingId));
  const shadow: Shadow = {};
  const now = at.toISOString();
  for (const [mappingId, { h, s }] of Object.entries(draft.plan.intended)) {
    if (!failed.has(mappingId)) shadow[mappingId] = { h, s, at: now, sent: true };
  }
  return freshLink({
    ...{ id: session.newId(), contactId: draft.contact.id, recordId, object: objectOf(draft.object) },
    ...{ origin: 'CREATED', createdAt: at, shadow },
  });
}
