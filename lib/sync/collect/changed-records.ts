import { chunk } from '#lib/core/chunk.ts';
import { ok } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import { wholeSecond } from '#lib/crm/late-commit.ts';
import type { RecordCursor, RecordStamp, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import type { CollectDeps } from './deps.ts';

/** A change, with the record as it was then if it was read along. */
export type Changed = RecordStamp & { record?: SalesforceRecord };

export const createdField = 'CreatedDate';

/** From here on a Bulk query takes fewer calls: about 12, and what changed needs no second reading. */
const manyChangesUsually = 10_000;
/** So many are digested and stored at once. */
const changesAtOnce = 2_000;
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
    const left = yield* byPages(deps, object, cursor);
    if (left === null) return;
    const isBefore = left.at < newest.at;
    const until = isBefore ? newest.at : null;
    const scanned = yield* byScan(deps, object, { since: left, until });
    if (scanned === 'refused') return yield* deps.salesforce.changedRecords(object, left);
    if (scanned === 'failed' || until === null) return;
    cursor = { at: new Date(wholeSecond(until).getTime() + second), id: null };
  }
}

/** Answers where many are left; null if nothing is left, or it failed. */
async function* byPages(
  { salesforce, manyChanges = manyChangesUsually }: CollectDeps,
  object: SalesforceObject,
  since: RecordCursor,
): AsyncGenerator<CrmResult<Changed[]>, RecordCursor | null> {
  let pages = 0;
  for await (const page of salesforce.changedRecords(object, since)) {
    yield page;
    pages += 1;
    const last = page.ok ? page.value.at(-1) : undefined;
    // A second page tells that there is more than one; how much more is asked once.
    if (!last || pages !== 2) continue;
    const cursor = { at: last.systemModstamp, id: last.id };
    const count = await salesforce.countChanged(object, cursor);
    if (!count.ok) {
      yield count;
      return null;
    }
    if (count.value >= manyChanges) return cursor;
  }
  return null;
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
    for (const part of chunk(page.value, changesAtOnce)) {
      yield ok(isRead ? part.map((record) => ({ ...record, record })) : part);
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
