import { chunk } from '#lib/core/chunk.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { BulkResults, SalesforceObject } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import { isUnanswered } from '../answers.ts';
import { isStale, stayMembers } from '../ask-gate.ts';
import { abandon, type Draft, openIntents, storeCreated } from '../create-records.ts';
import { creationMayArriveMs } from '../intents.ts';
import { isBusy, type Later } from '../person.ts';
import type { Made } from '../read-back.ts';
import type { Session } from '../session.ts';
import { settle } from '../settle.ts';
import { abortOpenJob, canCarry, isRefused, isSameGate, untilEnded } from './bulk-job.ts';

export type InBulk = {
  made: Made[];
  /** What the job did not save, and what no job can carry: to be created by collections. */
  left: Draft[];
  later: Later[];
  /** When HubSpot was asked for the members of those who were made. */
  askedAt: Date | null;
};

type Carried = { draft: Draft; intentId: string };

/** So many creations are stored in one transaction. */
const storeSize = 1_000;
const retryWaitMs = 5_000;

/**
 * Creates records that agree on `autoAssign` by one Bulk job. Its id and rows are stored as intents before its upload is completed, HubSpot
 * is asked for the members just before that too, and a gate that changes meanwhile ends the job. Whoever comes
 * after a crash finds the intents, and with them the job.
 */
export async function createInBulk(
  session: Session,
  drafts: readonly Draft[],
): Promise<Result<InBulk, Trouble>> {
  const { once, others } = eachAddressOnce(drafts);
  const made: InBulk = { made: [], left: others, later: [], askedAt: null };
  const object = once[0]?.object;
  if (!object) return ok(made);
  const job = await openJob(session, object, once[0]?.autoAssign ?? false);
  if (!job.ok && !isRefused(job.failure)) {
    return fail(troubleOf('salesforce', job.failure, session.troubles));
  }
  // Salesforce does not want a Bulk job for these: collections tell of each record why.
  if (!job.ok) return ok({ ...made, left: [...drafts] });
  const { jobId } = job.value;
  const begun = await begin(session, jobId, once, made);
  if (!begun.ok) return begun;
  if (begun.value.length === 0) return ok(made);
  const ended = await untilEnded(session, jobId, begun.value.length);
  if (!ended.ok) return ended;
  if (ended.value === null) {
    made.later.push(...begun.value.map(({ draft }) => unanswered(draft)));
    return ok(made);
  }
  const results = await session.salesforce.bulkResults(jobId, begun.value.length);
  if (!results.ok) return fail(troubleOf('salesforce', results.failure, session.troubles));
  const isAborted = ended.value.state === 'aborted';
  return storeResults(session, begun.value, { results: results.value, isAborted }, made);
}

/** Of those without an owner the job names the rule that gives them one, for it can't ask for whichever is active. */
async function openJob(
  session: Session,
  object: SalesforceObject,
  autoAssign: boolean,
): Promise<CrmResult<{ jobId: string }>> {
  const rule = autoAssign ? await session.salesforce.activeAssignmentRule(object) : ok(null);
  if (!rule.ok) return rule;
  const given = rule.value === null ? {} : { assignmentRuleId: rule.value };
  return session.salesforce.openBulkJob({ object, operation: 'insert', ...given });
}

/** One job holds each address once, for its results are told apart by it. */
function eachAddressOnce(drafts: readonly Draft[]): { once: Draft[]; others: Draft[] } {
  const known = new Set<string>();
  const once: Draft[] = [];
  const others: Draft[] = [];
  for (const draft of drafts) {
    const address = addressOf(draft.plan.values.Email);
    if (address === '' || known.has(address) || !canCarry(draft.plan.values)) others.push(draft);
    else once.push(draft);
    known.add(address);
  }
  return { once, others };
}

const addressOf = (value: string | null | undefined) => value?.trim().toLowerCase() ?? '';

/** Gives the job its rows; nobody if it came to nothing. Whoever may not or can't be carried is sorted out. */
async function begin(
  session: Session,
  jobId: string,
  drafts: Draft[],
  made: InBulk,
): Promise<Result<Carried[], Trouble>> {
  const gate = await session.store.gate(await session.store.now());
  const members = await stayMembers(session, drafts, new Date(0));
  if (!members.ok) {
    await abortOpenJob(session, jobId);
    return members;
  }
  await settle(session, members.value.settled);
  made.later.push(...members.value.later);
  made.askedAt = members.value.askedAt;
  const { people } = members.value;
  const intentIds = people.length > 0 ? await openIntents(session, people, jobId) : [];
  const carried = people.map((draft, at) => ({ draft, intentId: intentIds[at] ?? '' }));
  const isOther = !isSameGate(gate, await session.store.gate(await session.store.now()));
  if (isOther || (await isStale(session, members.value.askedAt)) || carried.length === 0) {
    await abortOpenJob(session, jobId);
    await abandon(session, intentIds);
    made.later.push(...people.map(({ wanted }) => isBusy(wanted)));
    return ok([]);
  }
  const rows = carried.map(({ draft }) => draft.plan.values);
  const started = await session.salesforce.startBulkJob(jobId, rows);
  if (started.ok) return ok(carried);
  // The rows may be there: the intents stay open, and whoever comes next asks for the job.
  if (isUnanswered(started.failure)) {
    return fail(troubleOf('salesforce', started.failure, session.troubles));
  }
  await abortOpenJob(session, jobId);
  await abandon(session, intentIds);
  if (!isRefused(started.failure)) {
    return fail(troubleOf('salesforce', started.failure, session.troubles));
  }
  made.left.push(...people);
  return ok([]);
}

type Ended = { results: BulkResults; isAborted: boolean };

async function storeResults(
  session: Session,
  carried: readonly Carried[],
  { results, isAborted }: Ended,
  made: InBulk,
): Promise<Result<InBulk, Trouble>> {
  const savedIds = new Map(results.saved.map(({ id, values }) => [addressOf(values.Email), id]));
  const refusedRows = [...results.refused.map(({ values }) => values), ...results.unprocessed];
  const refused = new Set(refusedRows.map(({ Email }) => addressOf(Email)));
  const saved: { draft: Draft; intentId: string; recordId: string }[] = [];
  const unsaved: Carried[] = [];
  for (const each of carried) {
    const address = addressOf(each.draft.plan.values.Email);
    const recordId = savedIds.get(address);
    if (recordId !== undefined) saved.push({ ...each, recordId });
    else if (refused.has(address)) unsaved.push(each);
    else made.later.push(unanswered(each.draft));
  }
  await abandon(
    session,
    unsaved.map(({ intentId }) => intentId),
  );
  const rest = unsaved.map(({ draft }) => draft);
  // Somebody ended the job by hand: what is left is not sent again at once.
  if (isAborted) {
    made.later.push(
      ...rest.map(({ wanted }) => ({ wanted, reason: 'record_locked' as const, waitMs: retryWaitMs })),
    );
  } else made.left.push(...rest);
  for (const part of chunk(saved, storeSize)) {
    const stored = await storeCreated(
      session,
      part.map(({ draft }) => draft),
      {
        intentIds: part.map(({ intentId }) => intentId),
        changes: part.map(({ draft }) => draft.plan.changes),
        answers: part.map(({ recordId }) => ({ kind: 'done', value: { id: recordId } })),
      },
    );
    if (!stored.ok) return stored;
    made.made.push(...stored.value.made);
  }
  return ok(made);
}

function unanswered({ wanted }: Draft): Later {
  return { wanted, reason: 'unanswered_creation', waitMs: creationMayArriveMs };
}
