import { chunk } from '#lib/core/chunk.ts';
import { ok } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import { wholeSecond } from '#lib/crm/late-commit.ts';
import type { RecordCursor, RecordStamp, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import type { CollectDeps } from './deps.ts';

/** A change, with the record as it was then if it was read along. */
export type Changed = RecordStamp & {
  record?: SalesforceRecord;
  /** It came by a Bulk query. */
  isScanned?: boolean;
};

export const createdField = 'CreatedDate';

/** From so many behind the first page on a Bulk query takes fewer calls: about 6, and what changed is read along. */
const manyChangesUsually = 12_000;
/** So many are digested and stored at once. */
const changesAtOnce = 2_000;
/** The same where there are stamps alone: nearly all are known, and those that are not are read so many a call. */
const stampsAtOnce = 10_000;
const second = 1_000;

/** The mapped fields that the integration user sees, and which of them are formulas. */
export async function fieldsOf(
  { scope, store, salesforce }: CollectDeps,
  object: SalesforceObject,
): Promise<CrmResult<{ names: string[]; calculated: Set<string> }>> {
  const described = await salesforce.describe(object);
  if (!described.ok) return described;
  const visible = new Set(described.value.map(({ name }) => name));
  const calculated = new Set(described.value.flatMap((field) => (field.calculated ? [field.name] : [])));
  const names = (await store.mapped(scope)).fields[object].filter((name) => visible.has(name));
  return ok({ names, calculated });
}

/**
 * What has changed since a cursor, in the order of the stamps. Few changes come by pages of stamps; where many are
 * left, a Bulk query answers them in large pages: of those that were read before, up to `newest`, the stamps, since
 * nearly all are known; of all others the records too. What refuses the Bulk query leaves it to the pages.
 */
export async function* changedRecords(
  deps: CollectDeps,
  object: SalesforceObject,
  { since, newest }: { since: RecordCursor; newest: RecordCursor },
): AsyncGenerator<CrmResult<Changed[]>, void> {
  let cursor = since;
  for (;;) {
    const left = yield* byPages(deps, object, { since: cursor, newest });
    if (left === null) return;
    const until = left.at < newest.at ? newest.at : null;
    const scanned = yield* byScan(deps, object, { since: left, until });
    if (scanned === 'refused') return yield* allPages(deps, object, left);
    if (scanned === 'failed' || until === null) return;
    cursor = secondAfter(until);
  }
}

const secondAfter = (at: Date): RecordCursor => ({
  at: new Date(wholeSecond(at).getTime() + second),
  id: null,
});

/** Answers where many are left; null if nothing is left, or it failed. */
async function* byPages(
  { salesforce, manyChanges = manyChangesUsually }: CollectDeps,
  object: SalesforceObject,
  { since, newest }: { since: RecordCursor; newest: RecordCursor },
): AsyncGenerator<CrmResult<Changed[]>, RecordCursor | null> {
  let isCounted = false;
  for await (const page of salesforce.changedRecords(object, since)) {
    if (!page.ok) {
      yield page;
      return null;
    }
    const { stamps, isLast } = page.value;
    const last = stamps.at(-1);
    if (last && !isLast && !isCounted) {
      // How many more there are is asked once, before any of the page is read.
      isCounted = true;
      const count = await salesforce.countChanged(object, { at: last.systemModstamp, id: last.id });
      if (!count.ok) {
        yield ok(stamps);
        yield count;
        return null;
      }
      if (count.value >= manyChanges) return yield* untilNewest(stamps, { since, newest });
    }
    yield ok(stamps);
  }
  return null;
}

/**
 * Of a page that many follow only what was read before, if it tells all of that: what came since is asked for by the
 * Bulk query, with the values. Answers where that is to begin.
 */
async function* untilNewest(
  stamps: RecordStamp[],
  { since, newest }: { since: RecordCursor; newest: RecordCursor },
): AsyncGenerator<CrmResult<Changed[]>, RecordCursor> {
  const rest = secondAfter(newest.at);
  const before = stamps.filter(({ systemModstamp }) => systemModstamp < rest.at);
  if (since.at >= newest.at || before.length === stamps.length) return since;
  if (before.length > 0) yield ok(before);
  return rest;
}

async function* allPages(
  { salesforce }: CollectDeps,
  object: SalesforceObject,
  since: RecordCursor,
): AsyncGenerator<CrmResult<Changed[]>, void> {
  for await (const page of salesforce.changedRecords(object, since))
    yield page.ok ? ok(page.value.stamps) : page;
}

/** Every record of an object, the bin's too, with its values; none if the Bulk query is refused. */
export async function* allRecords(
  deps: CollectDeps,
  object: SalesforceObject,
): AsyncGenerator<CrmResult<Changed[]>, void> {
  yield* byScan(deps, object, { since: { at: new Date(0), id: null }, until: null });
}

async function* byScan(
  deps: CollectDeps,
  object: SalesforceObject,
  span: { since: RecordCursor; until: Date | null },
): AsyncGenerator<CrmResult<Changed[]>, 'done' | 'failed' | 'refused'> {
  const isRead = span.until === null;
  const known = isRead ? await fieldsOf(deps, object) : ok({ names: [] });
  if (!known.ok) {
    yield known;
    return 'failed';
  }
  const fields = isRead ? [...known.value.names, createdField] : [];
  let isFirst = true;
  for await (const page of deps.salesforce.scanChanged(object, span, fields)) {
    if (!page.ok) {
      if (isFirst && page.failure.kind === 'rejected') return 'refused';
      yield page;
      return 'failed';
    }
    isFirst = false;
    for (const part of chunk(page.value, isRead ? changesAtOnce : stampsAtOnce)) {
      yield ok(part.map((each) => ({ ...each, isScanned: true, ...(isRead ? { record: each } : {}) })));
    }
  }
  return 'done';
}

/**
 * These records, which Salesforce says were updated since then. Many are read along by a Bulk query of all that has
 * changed since; few, and those that it leaves out, are answered by their ids alone.
 */
export async function* updatedRecords(
  deps: CollectDeps,
  object: SalesforceObject,
  ids: readonly string[],
  since: Date,
): AsyncGenerator<CrmResult<Pick<Changed, 'id' | 'record'>[]>, void> {
  const left = new Set(ids);
  if (ids.length >= (deps.manyChanges ?? manyChangesUsually)) {
    for await (const page of byScan(deps, object, { since: { at: since, id: null }, until: null })) {
      if (!page.ok) return yield page;
      const wanted = page.value.filter(({ id, isDeleted }) => !isDeleted && left.delete(id));
      if (wanted.length > 0) yield ok(wanted);
    }
  }
  const rest = [...left].map((id) => ({ id }));
  for (const part of chunk(rest, changesAtOnce)) yield ok(part);
}
