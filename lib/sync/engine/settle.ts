import type { OutcomeRow, SyncTx } from '../store.ts';
import type { NewTrigger } from '../triggers.ts';
import type { Later, Settled } from './person.ts';
import type { Session } from './session.ts';

/** What the record itself causes is tried again this often, by itself. */
const retryEveryMs = 30 * 60_000;
const longestPauseMs = 10 * 60_000;

type Given = Pick<Session, 'store' | 'run'>;

/**
 * Stores what became of people: outcome, end of what asked for them, and the next try of what failed, in one
 * transaction with whatever else belongs to it.
 */
export async function settle(
  session: Given,
  settled: readonly Settled[],
  more?: (tx: SyncTx, at: Date) => Promise<void>,
): Promise<void> {
  if (settled.length === 0 && !more) return;
  const { store, run } = session;
  const told = await toldBefore(session, settled);
  const at = await store.now();
  await store.transaction(async (tx) => {
    await more?.(tx, at);
    await tx.insertOutcomes(
      run.id,
      settled.map(({ outcome }) => outcome),
      at,
    );
    await tx.closeTriggers(
      settled.flatMap(({ wanted, outcome }) => (told.has(outcome.contactId ?? '') ? [] : wanted.triggers)),
    );
    await tx.addTriggers(
      settled.flatMap(({ outcome }) => nextTry(outcome, at) ?? []),
      at,
    );
  });
}

/**
 * Who has an outcome in this run already and keeps it: a run that goes on after a crash may meet them again under
 * another record. What asked for them since then is for the next run.
 */
async function toldBefore({ store, run }: Given, settled: readonly Settled[]): Promise<Set<string>> {
  const isAsked = run.kind === 'RESYNC' || run.kind === 'IMPORT';
  const waiting = settled.filter(({ wanted }) => isAsked && wanted.triggers.length > 0);
  const contactIds = waiting.flatMap(({ outcome }) => outcome.contactId ?? []);
  return contactIds.length === 0
    ? new Set()
    : (await store.doneIn(run.id, { contactIds, recordIds: [] })).contacts;
}

/** Another try in half an hour, if anything failed that may be put right meanwhile. */
function nextTry(outcome: OutcomeRow, at: Date): NewTrigger | null {
  const failures = outcome.changes.flatMap(({ failure }) => failure ?? []);
  if (outcome.result !== 'FAILED' && failures.length === 0) return null;
  if (outcome.contactId === null && outcome.recordId === null) return null;
  const dueAt = new Date(at.getTime() + retryEveryMs);
  const { contactId, recordId, object } = outcome;
  const side = outcome.contactId === null ? ('salesforce' as const) : ('hubspot' as const);
  const isDeleted = [outcome.code, ...failures.map(({ code }) => code)].includes('ENTITY_IS_DELETED');
  return isDeleted
    ? {
        ...{ contactId, recordId, object },
        causes: [{ kind: 'deleted', side: 'salesforce', at: at.toISOString(), source: 'engine' }],
      }
    : {
        ...{ contactId, recordId, object, dueAt },
        causes: [{ kind: 'retry', side: sideOf(outcome, side), at: dueAt.toISOString(), source: 'engine' }],
      };
}

/** A try again stands for what first asked for it. */
function sideOf(outcome: OutcomeRow, otherwise: 'hubspot' | 'salesforce'): 'hubspot' | 'salesforce' {
  const sides = outcome.causes.map(({ side }) => side);
  if (sides.includes('hubspot')) return 'hubspot';
  return sides.includes('salesforce') ? 'salesforce' : otherwise;
}

/** Leaves rows of the inbox for later; what passes by itself is tried again at growing intervals. */
export async function putOff(session: Session, later: readonly Later[]): Promise<void> {
  const { store, newId } = session;
  const at = await store.now();
  const rows = later.flatMap(({ wanted, reason, waitMs }) => {
    const isPassing = reason === 'record_locked' || reason === 'people_busy';
    const pauseMs = isPassing
      ? Math.min(waitMs * 2 ** Math.min(wanted.attempts, 10), longestPauseMs)
      : waitMs;
    const dueAt = new Date(at.getTime() + pauseMs * (1 + jitterOf(newId())));
    const attempts = isPassing ? wanted.attempts + 1 : wanted.attempts;
    return wanted.triggers.map((ref) => ({ ...ref, dueAt, waitsFor: reason, attempts }));
  });
  if (rows.length > 0) await store.transaction((tx) => tx.putOffTriggers(rows, at));
}

/** Up to a fifth, from a random id: the only chance that the engine is given. */
function jitterOf(id: string): number {
  return (Number.parseInt(id.slice(0, 4), 16) || 0) / 0xffff / 5;
}
