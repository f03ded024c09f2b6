import { fail, ok, type Result } from '#lib/core/result.ts';
import type { RunRef } from '../store.ts';
import type { Trigger } from '../triggers.ts';
import type { Trouble } from '../trouble.ts';
import { isObstructed, obstacleOf } from './obstacle.ts';
import { outcomeOf, type Wanted } from './person.ts';
import { type Deps, openSession, type Session } from './session.ts';
import { putOff, settle } from './settle.ts';
import { syncPeople } from './sync-people.ts';

/** So many people at once: a Salesforce collection, and no workspace keeps a worker from the others for long. */
const groupSize = 200;
/** So many at most in one run: what comes in later is not kept waiting by it. */
const runSize = 10_000;
const endOfTime = new Date('9999-01-01T00:00:00Z');
const retryEveryMs = 30 * 60_000;

export type InboxEnd =
  /** Nothing is due; when the next row is, if there is one. */
  | { kind: 'empty'; nextAt: Date | null }
  /** More is due now. */
  | { kind: 'more'; runId: string }
  | { kind: 'done'; runId: string; nextAt: Date | null }
  | { kind: 'trouble'; trouble: Trouble; runId: string | null };

/**
 * Works on one group of what is due in the inbox, under a run of its own kind that others of the same poll
 * join. Rows are closed with their outcome, put off with a reason, or stay as they are if it all fails.
 */
export async function workInbox(
  deps: Deps,
  given: {
    troubles: number;
    /** Claims that outlast the group. */
    keep: readonly string[];
    shouldStop: () => Promise<boolean>;
  },
): Promise<InboxEnd> {
  const { store } = deps;
  const { version, values } = await store.settings();
  const at = await store.now();
  const run = await openRun(deps, version, at);
  if (!run) return { kind: 'empty', nextAt: await store.nextDue() };
  const obstacle = await obstacleOf(deps, values);
  if (obstacle) return inTrouble(deps, run, obstacle);
  const triggers = await store.triggersOfRun(run.id, deps.atOnce ?? groupSize);
  const urgent = await withoutIdleRetries(deps, triggers, at);
  if (urgent.length > 0) {
    const session = await openSession(deps, run, given.troubles);
    if (!session.ok) return inTrouble(deps, run, session.failure);
    await store.transaction((tx) => tx.changeRun(run.id, { status: 'RUNNING', settingsVersion: version }));
    const worked = await workOn(session.value, urgent, given.shouldStop);
    await deps.claims.keepOnly(given.keep);
    if (!worked.ok) return inTrouble(deps, run, worked.failure);
  }
  return conclude(deps, run);
}

/** The run under way with what is due taken up; a new one if there is none; null if nothing is due. */
async function openRun(deps: Deps, version: number, at: Date): Promise<RunRef | null> {
  const { store } = deps;
  const known = await store.inboxRun();
  if (known && (await store.triggersOfRun(known.id, 1)).length > 0) return known;
  const due = await store.dueTriggers(at, groupSize);
  if (due.length === 0) {
    if (known) await end(deps, known);
    return null;
  }
  const kind = due.every(isIdleRetry) ? 'RETRY' : 'POLL';
  return store.transaction(async (tx) => {
    if (known) await tx.changeRun(known.id, { status: 'DONE', reason: null, finishedAt: at });
    const run = await tx.openInboxRun(kind, version, at);
    await tx.takeUpTriggers(run.id, runSize, at);
    return run;
  });
}

/** What failed by itself is tried again by itself. */
function isIdleRetry({ causes }: Trigger): boolean {
  return causes.every(({ kind, source }) => kind === 'retry' && source === 'engine');
}

/** From three quarters of the allocation on, what failed by itself waits for free calls or a person. */
async function withoutIdleRetries(deps: Deps, triggers: readonly Trigger[], at: Date): Promise<Trigger[]> {
  const { store } = deps;
  const idle = triggers.filter(isIdleRetry);
  if (idle.length === 0) return [...triggers];
  const { values } = await store.settings();
  if ((await store.budget(values)) === 'free') return [...triggers];
  const dueAt = new Date(at.getTime() + retryEveryMs);
  const rows = idle.map(({ id, version, attempts }) => ({
    ...{ id, version, attempts, dueAt },
    waitsFor: 'budget_used_up' as const,
  }));
  await store.transaction((tx) => tx.putOffTriggers(rows, at));
  return triggers.filter((trigger) => !isIdleRetry(trigger));
}

async function workOn(
  session: Session,
  triggers: readonly Trigger[],
  shouldStop: () => Promise<boolean>,
): Promise<Result<null, Trouble>> {
  const { store, run } = session;
  const done = await store.doneIn(run.id, {
    contactIds: triggers.flatMap(({ contactId }) => contactId ?? []),
    recordIds: triggers.flatMap(({ recordId }) => recordId ?? []),
  });
  const isDone = ({ contactId, recordId }: Trigger) =>
    contactId ? done.contacts.has(contactId) : done.records.has(recordId ?? '');
  // One outcome per person and run: what came in since then is for the next run.
  await putOff(
    session,
    triggers
      .filter(isDone)
      .map((trigger) => ({ wanted: wantedOf(trigger), reason: 'people_busy', waitMs: 0 })),
  );
  const people = triggers.filter((trigger) => !isDone(trigger)).map(wantedOf);
  const group = await syncPeople(session, people, async () => (await shouldStop()) || isObstructed(session));
  if (!group.ok) return fail(group.failure);
  await putOff(session, group.value.later);
  return ok(null);
}

function wantedOf(trigger: Trigger): Wanted {
  const { contactId, recordId, object, causes, id, version, attempts } = trigger;
  const unclearSince = trigger.waitsFor === 'membership_unclear' ? trigger.waitsSince : null;
  return { contactId, recordId, object, causes, triggers: [{ id, version }], unclearSince, attempts };
}

/** Everybody waits: the run says why, and keeps what it has taken up. */
async function inTrouble(deps: Deps, run: RunRef, trouble: Trouble): Promise<InboxEnd> {
  await deps.store.transaction((tx) => tx.changeRun(run.id, { status: 'WAITING', reason: trouble.reason }));
  return { kind: 'trouble', trouble, runId: run.id };
}

async function conclude(deps: Deps, run: RunRef): Promise<InboxEnd> {
  const { store } = deps;
  if ((await store.triggersOfRun(run.id, 1)).length > 0) {
    await store.transaction((tx) => tx.changeRun(run.id, { reason: null }));
    return { kind: 'more', runId: run.id };
  }
  await end(deps, run);
  const nextAt = await store.nextDue();
  return { kind: 'done', runId: run.id, nextAt };
}

async function end({ store }: Pick<Deps, 'store'>, run: RunRef): Promise<void> {
  const finishedAt = await store.now();
  await store.transaction((tx) => tx.changeRun(run.id, { status: 'DONE', reason: null, finishedAt }));
}

/**
 * Disconnecting closes whatever waits, each with an outcome that says so, in a run of its own: whoever has an outcome in
 * the run under way would get none there.
 */
export async function closeInbox(deps: Pick<Deps, 'store'>): Promise<void> {
  const { store } = deps;
  const { version } = await store.settings();
  for (;;) {
    const known = await store.inboxRun();
    const taken = known ? await store.triggersOfRun(known.id, runSize) : [];
    if (known) await end(deps, known);
    const triggers = [...taken, ...(await store.dueTriggers(endOfTime, runSize))];
    if (triggers.length === 0) return;
    const at = await store.now();
    const run = await store.transaction((tx) => tx.openInboxRun('POLL', version, at));
    const settled = triggers.map((trigger) => {
      const wanted = wantedOf(trigger);
      return { wanted, outcome: outcomeOf(wanted, {}, { result: 'SKIPPED', reason: 'disconnected' }) };
    });
    // Whoever worked on somebody erased may have stored something until just now.
    const isErased = ({ causes }: Trigger) => causes.some(({ privacy }) => privacy === true);
    const erased = triggers.filter(isErased).flatMap(({ contactId }) => contactId ?? []);
    await settle({ store, run }, settled, async (tx, time) => {
      if (erased.length > 0) await tx.eraseContacts(erased, time);
    });
  }
}
