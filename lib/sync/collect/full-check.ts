import { ok } from '#lib/core/result.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import { causeOfGone, type Gone, goneAmong } from '../gone.ts';
import { alarmsOfRecords } from './alarms.ts';
import { commitCounted } from './breaker.ts';
import { allRecords } from './changed-records.ts';
import { type CollectDeps, type Collecting, objects, of, recordObject, triggerOf } from './deps.ts';
import { digestRecords } from './poll-salesforce.ts';
import type { Collected, DailyCheck, KnownLink } from './store.ts';

/** A Bulk query takes about so many calls, and one for so many records with their values. */
const callsOfScan = 8;
const recordsAPage = 15_000;
const idsACall = 2_000;

/**
 * Reads the records of links that were not read since the check began, of an object with so many of them that a
 * Bulk query of all its records takes fewer calls than asking for them. In one go: what dies begins anew. What
 * refuses the Bulk query leaves it to `checkRecords`. Answers how many triggers came of it.
 */
export async function readMany(deps: CollectDeps, check: DailyCheck): Promise<Collecting<number>> {
  let found = 0;
  for (const object of objects) {
    const pays = await scanPays(deps, object, check);
    if (!pays.ok) return pays;
    if (!pays.value) continue;
    for await (const page of allRecords(deps, object)) {
      const records = of('salesforce', page);
      if (!records.ok) return records;
      const links = await deps.store.linksOfRecords(
        deps.scope,
        records.value.map(({ id }) => id),
      );
      const living = new Set(links.flatMap(({ recordId, endedAt }) => (endedAt ? [] : [recordId])));
      const at = await deps.now();
      const linked = records.value.filter(({ id, isDeleted }) => living.has(id) && !isDeleted);
      const read = await digestRecords(deps, object, linked, { since: at, source: 'daily_check' });
      if (!read.ok) return read;
      await commitCounted(deps, read.value);
      found += read.value.triggers?.length ?? 0;
    }
  }
  return ok(found);
}

async function scanPays(
  { scope, store, salesforce, manyChanges }: CollectDeps,
  object: SalesforceObject,
  { startedAt }: DailyCheck,
): Promise<Collecting<boolean>> {
  const unread = startedAt ? await store.countUnread(scope, recordObject(object), startedAt) : 0;
  if (manyChanges !== undefined) return ok(unread >= manyChanges);
  const callsById = Math.ceil(unread / idsACall);
  // Where it can't pay whatever the org holds, nobody needs to ask how much that is.
  if (callsById <= callsOfScan) return ok(false);
  const counts = await salesforce.recordCounts();
  if (!counts.ok) return counts.failure.kind === 'rejected' ? ok(false) : of('salesforce', counts);
  return ok(callsOfScan + Math.ceil(counts.value[object] / recordsAPage) < callsById);
}

/**
 * Records that were not read for so long may be gone without a trace: of each that is missing Salesforce is asked once,
 * for whoever was told before may have been closed by disconnecting. Those that were read since the check began are
 * there.
 */
export async function checkRecords(
  deps: CollectDeps,
  links: KnownLink[],
  { startedAt }: DailyCheck,
): Promise<Collecting<Collected[]>> {
  const { scope, store } = deps;
  const pieces: Collected[] = [];
  const at = await deps.now();
  const all = links.map(({ recordId }) => recordId);
  const unread = startedAt ? await store.unread(scope, all, startedAt) : new Set(all);
  for (const object of objects) {
    const own = links.filter((link) => link.object === recordObject(object) && unread.has(link.recordId));
    if (own.length === 0) continue;
    const ids = own.map(({ recordId }) => recordId);
    const stamps = ids.map((id) => ({ id, lastModifiedAt: at, isDeleted: false, mergedInto: null }));
    const read = await digestRecords(deps, object, stamps, { since: at, source: 'daily_check' });
    if (!read.ok) return read;
    const met = new Set(read.value.seen?.flatMap(({ rows }) => rows.map(({ id }) => id)));
    const missing = own.filter(({ recordId }) => !met.has(recordId));
    const missingIds = missing.map(({ recordId }) => recordId);
    const gone = of('salesforce', await goneAmong(deps.salesforce, object, missingIds, at));
    if (!gone.ok) return gone;
    pieces.push(read.value, await collectedOfGone(deps, object, missing, gone.value));
  }
  return ok(pieces);
}

/** What follows for these links from what Salesforce says of their records; of whom it says nothing, that is looked at. */
export async function collectedOfGone(
  deps: CollectDeps,
  object: SalesforceObject,
  links: readonly KnownLink[],
  gone: ReadonlyMap<string, Gone>,
): Promise<Required<Pick<Collected, 'triggers' | 'alarms'>>> {
  const at = await deps.now();
  const source = 'daily_check';
  const triggers = links.map(({ recordId: id }) => {
    const told = gone.get(id);
    const cause = told ? causeOfGone(id, told) : ({ kind: 'changed', side: 'salesforce' } as const);
    return triggerOf({ record: { id, object: recordObject(object) } }, { ...cause, source }, at);
  });
  const living = new Map(links.map((link) => [link.recordId, link]));
  return {
    triggers,
    alarms: await alarmsOfRecords(deps, { object, triggers, links: living, blanked: [] }, at),
  };
}
