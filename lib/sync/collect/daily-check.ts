import { chunk } from '#lib/core/chunk.ts';
import { ok } from '#lib/core/result.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import { commitCounted } from './breaker.ts';
import { updatedRecords } from './changed-records.ts';
import { type CollectDeps, type Collecting, later, objects, of, triggerOf } from './deps.ts';
import { checkRecords, collectedOfGone, readMany } from './full-check.ts';
import { digestContacts } from './poll-hubspot.ts';
import { digestRecords } from './poll-salesforce.ts';
import { overlapMs } from './read-changes.ts';
import type { Collected, DailyCheck, KnownLink } from './store.ts';
import { tellJoiners } from './tell-joiners.ts';

const dayMs = 24 * 60 * 60_000;
/** Salesforce tells deletions this far back, */
const knownDays = 15;
/** and changes this far. */
const knownChangesDays = 30;
const linksAtOnce = 500;
const recordsAtOnce = 2_000;
/** Salesforce refuses shorter spans. */
const shortestSpanMs = 60_000;

/**
 * Whether all links must be read before anything is written again: after 15 days without a check, and after
 * connecting anew.
 */
export function isOverdue(check: DailyCheck, connectedAt: Date, now: Date): boolean {
  if (check.checkedAt && connectedAt > check.checkedAt) return true;
  return now.getTime() - lastChecked(check, connectedAt).getTime() > knownDays * dayMs;
}

function lastChecked(check: DailyCheck, connectedAt: Date): Date {
  return check.checkedAt ?? connectedAt;
}

/**
 * Once a day looks for what polls cannot see: HubSpot's deletions and merges, hard deletes, and what was
 * committed later than the overlap. Goes on where an earlier call left.
 */
export async function checkDaily(deps: CollectDeps): Promise<Collecting> {
  const { scope, store } = deps;
  const now = await deps.now();
  const known = await store.dailyCheck(scope);
  const { connectedAt } = await store.connection(scope);
  const age = now.getTime() - lastChecked(known, connectedAt).getTime();
  const isFull = isOverdue(known, connectedAt, now);
  if (!known.startedAt && age < dayMs && !isFull) return ok({ found: 0, left: false });
  let check: DailyCheck = known.startedAt ? known : { ...known, startedAt: now, linksAfter: null };
  const isBeginning = check.linksAfter === null;
  let found = 0;
  // They were asked for before the first link was read; the next check goes on where their answers ended.
  for (const object of isBeginning ? objects : []) {
    const spans = await checkSpan(deps, object, check, { start: connectedAt, end: now });
    if (!spans.ok) return spans;
    check = spans.value.check;
    found += spans.value.found;
  }
  const many = isFull && isBeginning ? await readMany(deps, check) : ok(0);
  if (!many.ok) return many;
  found += many.value;
  if (isBeginning && known.checkedAt && connectedAt > known.checkedAt)
    found += await tellJoiners(deps, known);
  const links = await checkLinks(deps, check, isFull);
  if (!links.ok) return links;
  found += links.value.found;
  if (links.value.left) return ok({ found, left: true });
  const { coveredUntil } = check;
  await store.commit(scope, {
    check: { coveredUntil, checkedAt: check.startedAt ?? now, startedAt: null, linksAfter: null },
  });
  return ok({ found, left: false });
}

/** What Salesforce says was changed and deleted since its last complete answer. */
async function checkSpan(
  deps: CollectDeps,
  object: SalesforceObject,
  check: DailyCheck,
  { start: connectedAt, end }: { start: Date; end: Date },
): Promise<Collecting<{ check: DailyCheck; found: number }>> {
  const from = check.coveredUntil[object] ?? check.checkedAt ?? connectedAt;
  // A day of margin, so that a slow clock of ours never asks too far back.
  const spanOf = (days: number) => ({
    start: later(from, new Date(end.getTime() - (days - 1) * dayMs)),
    end,
  });
  const changes = spanOf(knownChangesDays);
  if (end.getTime() - changes.start.getTime() < shortestSpanMs) return ok({ check, found: 0 });
  const updated = of('salesforce', await deps.salesforce.updatedIds(object, changes));
  if (!updated.ok) return updated;
  const deleted = of('salesforce', await deps.salesforce.deletedIds(object, spanOf(knownDays)));
  if (!deleted.ok) return deleted;
  const covered = [updated.value.coveredUntil, deleted.value.coveredUntil].sort(
    (a, b) => a.getTime() - b.getTime(),
  );
  const next = { ...check, coveredUntil: { ...check.coveredUntil, [object]: covered[0] ?? changes.start } };
  const ids = deleted.value.deleted.map(({ id }) => id);
  const gone = await takeDeleted(deps, object, ids);
  if (!gone.ok) return gone;
  const taken = await takeUpdated(deps, object, updated.value.ids, changes);
  if (!taken.ok) return taken;
  await deps.store.commit(deps.scope, { check: next });
  return ok({ check: next, found: gone.value + taken.value });
}

async function takeUpdated(
  deps: CollectDeps,
  object: SalesforceObject,
  ids: readonly string[],
  { start, end }: { start: Date; end: Date },
): Promise<Collecting<number>> {
  const since = new Date(start.getTime() - overlapMs[object]);
  let found = 0;
  for await (const page of updatedRecords(deps, object, ids, start)) {
    const records = of('salesforce', page);
    if (!records.ok) return records;
    // Whatever Salesforce names was modified in the span, whatever its own stamps say by now.
    const stamps = records.value.map((each) => ({
      ...each,
      lastModifiedAt: end,
      isDeleted: false,
      mergedInto: null,
    }));
    const digested = await digestRecords(deps, object, stamps, { since, source: 'daily_check' });
    if (!digested.ok) return digested;
    await commitCounted(deps, digested.value);
    found += digested.value.triggers?.length ?? 0;
  }
  return ok(found);
}

/** Records that were merged are among those that Salesforce tells to be deleted. */
async function takeDeleted(
  deps: CollectDeps,
  object: SalesforceObject,
  ids: string[],
): Promise<Collecting<number>> {
  const { scope, store, salesforce } = deps;
  let found = 0;
  for (const part of chunk(ids, recordsAtOnce)) {
    const links = (await store.linksOfRecords(scope, part)).filter(({ endedAt }) => endedAt === null);
    if (links.length === 0) continue;
    const linked = links.map(({ recordId }) => recordId);
    const binned = of('salesforce', await salesforce.deletedAmong(object, linked));
    if (!binned.ok) return binned;
    const into = new Map(binned.value.map(({ id, mergedInto }) => [id, mergedInto]));
    const gone = new Map(linked.map((id) => [id, { mergedInto: into.get(id) ?? null }]));
    const collected = await collectedOfGone(deps, object, links, gone);
    await commitCounted(deps, collected);
    found += collected.triggers.length;
  }
  return ok(found);
}

/** Reads the contacts of all links, and after a long time their records too. */
async function checkLinks(deps: CollectDeps, started: DailyCheck, isFull: boolean): Promise<Collecting> {
  const { scope, store } = deps;
  let check = started;
  let found = 0;
  for (;;) {
    const links = await store.linksAfter(scope, check.linksAfter, isFull ? recordsAtOnce : linksAtOnce);
    const last = links.at(-1);
    if (!last) return ok({ found, left: false });
    const contacts = await checkContacts(deps, links, started);
    if (!contacts.ok) return contacts;
    const records = isFull ? await checkRecords(deps, links, started) : ok([]);
    if (!records.ok) return records;
    check = { ...check, linksAfter: last.contactId };
    const all = joined([contacts.value, ...records.value]);
    await commitCounted(deps, { ...all, check });
    found += all.triggers.length;
    if (deps.isEnough?.()) return ok({ found, left: true });
  }
}

/** Linked contacts as they are now; one that HubSpot no longer knows was deleted. */
async function checkContacts(
  deps: CollectDeps,
  links: KnownLink[],
  check: DailyCheck,
): Promise<Collecting<Collected>> {
  const ids = links.map(({ contactId }) => contactId);
  const at = await deps.now();
  const since = await unreadSince(deps, check.startedAt ?? at);
  const digested = await digestContacts(deps, ids, { since, source: 'daily_check' });
  if (!digested.ok) return digested;
  const { collected, missing } = digested.value;
  const cause = { kind: 'deleted', side: 'hubspot', source: 'daily_check' } as const;
  const gone = missing.map((contactId) => triggerOf({ contactId }, cause, at));
  return ok({ ...collected, triggers: [...(collected.triggers ?? []), ...gone] });
}

/** Until then polls have told what changed; what HubSpot's search shows late, whoever reads it first must tell. */
async function unreadSince({ scope, store }: CollectDeps, startedAt: Date): Promise<Date> {
  const cursor = await store.cursor(scope, 'hubspot');
  if (!cursor) return startedAt;
  const covered = later(new Date(cursor.newest.at.getTime() - overlapMs.hubspot), cursor.beganAt);
  return covered < startedAt ? covered : startedAt;
}

function joined(pieces: Collected[]): Required<Pick<Collected, 'seen' | 'triggers' | 'alarms'>> {
  return {
    seen: pieces.flatMap(({ seen = [] }) => seen),
    triggers: pieces.flatMap(({ triggers = [] }) => triggers),
    alarms: pieces.flatMap(({ alarms = [] }) => alarms),
  };
}
