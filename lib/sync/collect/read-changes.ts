import { ok } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { Scope } from '../store.ts';
import { commitCounted } from './breaker.ts';
import { type CollectDeps, type Collecting, later, of } from './deps.ts';
import type { Collected, CollectStore, Cursor, Pair, Position, Source } from './store.ts';

/** What is committed late, or indexed late, appears with an earlier stamp: so far a reading steps back. */
export const overlapMs: Record<Source, number> = {
  hubspot: 5 * 60_000,
  Lead: 10 * 60_000,
  Contact: 10 * 60_000,
};

/**
 * Salesforce's stamps have whole seconds: a version this young may be followed by another with the same stamp, so
 * that it is looked at once more. The margin allows for clocks that differ.
 */
const youngMs: Record<Source, number> = { hubspot: 0, Lead: 60_000, Contact: 60_000 };

/** A clock tells whole seconds, and not every machine of a vendor has the same: so much is left to the next reading. */
const clockMarginMs = 60_000;

type Changes<T> = {
  source: Source;
  /** Pages in the order of the vendor's stamps, after a position. Up to `newest` they were read before. */
  pages: (since: Position, newest: Position) => AsyncIterable<CrmResult<T[]>>;
  pairOf: (item: T) => Pair;
  /** Whether it came by a query whose other answers are paid for as well. */
  isPaid?: (item: T) => boolean;
  /** What to store for items that are new. `since`: whatever is older was there at an earlier reading. */
  digest: (items: T[], since: Date) => Promise<Collecting<Collected>>;
};

/**
 * Reads on in one source's changes. Each page, what follows from it and the cursor are stored together, so that
 * a failure in the middle keeps what came before it and the next call goes on there.
 */
export async function readChanges<T>(deps: CollectDeps, changes: Changes<T>): Promise<Collecting> {
  const { scope, store } = deps;
  const { source } = changes;
  let cursor =
    (await store.cursor(scope, source)) ?? firstCursor((await store.connection(scope)).connectedAt);
  const resumed = cursor.reading;
  const from = resumed?.from ?? cursor.newest.at;
  const since = resumed?.at ?? { at: stepBack(cursor, source), id: null };
  const oldest = later(new Date(from.getTime() - overlapMs[source]), cursor.beganAt);
  const begun = deps[sideOf(source)].clock.moment();
  let found = 0;
  for await (const page of changes.pages(since, cursor.newest)) {
    const items = of(sideOf(source), page);
    if (!items.ok) return items;
    const known = await store.knownPairs(scope, source, items.value.map(changes.pairOf));
    const fresh = items.value.filter((item) => !known.has(changes.pairOf(item).id));
    const last = items.value.at(-1);
    if (fresh.length === 0 || !last) continue;
    const digested = await changes.digest(fresh, oldest);
    if (!digested.ok) return digested;
    const { id, at } = changes.pairOf(last);
    const newest = at < cursor.newest.at ? cursor.newest : { at, id };
    cursor = { ...cursor, newest, reading: { at: { at, id }, from } };
    const youngest = (await deps.now()).getTime() - youngMs[source];
    const pairs = {
      source,
      known: fresh.map(changes.pairOf).filter((pair) => pair.at.getTime() <= youngest),
    };
    await commitCounted(deps, { ...digested.value, cursor: { source, cursor }, pairs });
    found += digested.value.triggers?.length ?? 0;
    if (deps.isEnough?.(changes.isPaid?.(last) ? 'paid' : undefined)) return ok({ found, left: true });
  }
  await endReading(deps, source, cursor, { resumed: resumed?.at ?? null, begun: begun() });
  return ok({ found, left: false });
}

/**
 * What changed until the reading began is known by now, whether anything did: the next one need not begin with the
 * last change, which may be long ago and one of thousands. A reading that was interrupted may have passed by what was
 * committed late: the next one steps back to there.
 */
async function endReading(
  deps: CollectDeps,
  source: Source,
  cursor: Cursor,
  { resumed, begun }: { resumed: Position | null; begun: Date | null },
) {
  const covered = begun && new Date(begun.getTime() - clockMarginMs);
  const reached = covered && covered > cursor.newest.at ? { at: covered, id: null } : cursor.newest;
  const newest = resumed && resumed.at < reached.at ? resumed : reached;
  if (!cursor.reading && newest === cursor.newest) return;
  const ended: Cursor = { ...cursor, newest, reading: null };
  await deps.store.commit(deps.scope, {
    cursor: { source, cursor: ended },
    pairs: { source, known: [], forgetBefore: stepBack(ended, source) },
  });
}

export const sources: readonly Source[] = ['hubspot', 'Lead', 'Contact'];

type BeginningStore = Pick<CollectStore, 'connection' | 'cursor' | 'dailyCheck' | 'commit'>;

/**
 * Stores where every source begins, as soon as both systems are connected and before the first poll finds anything:
 * whoever disconnects and connects again must find what changed in between.
 */
export async function beginCursors({ scope, store }: { scope: Scope; store: BeginningStore }): Promise<void> {
  for (const source of sources) {
    if (await store.cursor(scope, source)) continue;
    const cursor = firstCursor((await store.connection(scope)).connectedAt);
    const check = await store.dailyCheck(scope);
    // There was no link yet: with that, all had been read.
    const isFirst = check.checkedAt === null && check.startedAt === null;
    await store.commit(scope, {
      cursor: { source, cursor },
      ...(isFirst ? { check: { ...check, checkedAt: cursor.beganAt } } : {}),
    });
  }
}

/** Cursors begin when both systems are connected first. */
export function firstCursor(connectedAt: Date): Cursor {
  return { beganAt: connectedAt, newest: { at: connectedAt, id: null }, reading: null };
}

function stepBack({ newest, beganAt }: Cursor, source: Source): Date {
  return later(new Date(newest.at.getTime() - overlapMs[source]), beganAt);
}

const sideOf = (source: Source) => (source === 'hubspot' ? 'hubspot' : 'salesforce');
