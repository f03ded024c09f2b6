import { ok } from '#lib/core/result.ts';
import { wholeSecond } from '#lib/crm/late-commit.ts';
import type { SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import { causeOfGone } from '../gone.ts';
import { changedSince, nextSeen } from '../seen.ts';
import type { Seen } from '../store.ts';
import type { Cause, NewTrigger } from '../triggers.ts';
import { alarmsOfRecords } from './alarms.ts';
import { type Changed, changedRecords, createdField, fieldsOf } from './changed-records.ts';
import { type CollectDeps, type Collecting, of, recordObject, triggerOf } from './deps.ts';
import { readChanges } from './read-changes.ts';
import type { Collected, CollectSettings, KnownLink } from './store.ts';

/** Collects what changed of one of Salesforce's objects since the last poll. */
export function pollSalesforce(deps: CollectDeps, object: SalesforceObject): Promise<Collecting> {
  return readChanges<Changed>(deps, {
    source: object,
    pages: (since, newest) => changedRecords(deps, object, { since, newest }),
    pairOf: ({ id, systemModstamp }) => ({ id, at: systemModstamp }),
    isPaid: ({ isScanned = false }) => isScanned,
    digest: (stamps, since) => digestRecords(deps, object, stamps, { since, source: 'poll' }),
  });
}

type Given = { since: Date; source: Cause['source'] };
type Read = {
  record: SalesforceRecord;
  before: Seen | null;
  next: Seen;
  link: KnownLink | null;
  /** Formulas: they are seen, but a recalculation asks for nothing. */
  calculated: ReadonlySet<string>;
};

/**
 * Answers what is to be stored of these records. Deleted and merged ones trigger if they are linked. Others are
 * read if they are linked, were seen before, or were modified since `since`: a stamp that the platform moved by
 * itself says nothing about a record that nobody knows.
 */
export async function digestRecords(
  deps: CollectDeps,
  object: SalesforceObject,
  stamps: Pick<Changed, 'id' | 'lastModifiedAt' | 'isDeleted' | 'mergedInto' | 'record'>[],
  given: Given,
): Promise<Collecting<Collected>> {
  const { scope, store } = deps;
  const ids = stamps.map(({ id }) => id);
  const links = await store.linksOfRecords(scope, ids);
  const living = new Map(links.flatMap((link) => (link.endedAt ? [] : [[link.recordId, link] as const])));
  const seen = await store.seen(scope, 'salesforce', ids);
  const at = await deps.now();
  const gone = stamps.filter(({ id, isDeleted }) => isDeleted && living.has(id));
  const there = stamps.filter(({ isDeleted }) => !isDeleted);
  const since = wholeSecond(given.since);
  const wanted = there.filter(
    ({ id, lastModifiedAt }) => living.has(id) || seen.has(id) || lastModifiedAt >= since,
  );
  const read = await readWanted(deps, object, wanted, { seen, living });
  if (!read.ok) return read;
  const settings = await store.settings(scope);
  const connectedAt = wholeSecond((await store.connection(scope)).connectedAt);
  const person = (id: string) => ({ record: { id, object: recordObject(object) } });
  const ended = new Set(there.filter(({ id }) => isBack(id, links, living)).map(({ id }) => id));
  const cause = { side: 'salesforce' as const, source: given.source };
  const triggers: NewTrigger[] = [
    ...gone.map(({ id, mergedInto }) =>
      triggerOf(person(id), { ...cause, ...causeOfGone(id, { mergedInto }) }, at),
    ),
    ...[...ended].map((id) => triggerOf(person(id), { ...cause, kind: 'restored' }, at)),
    ...read.value.flatMap((each) =>
      causesOf(each, settings, connectedAt, since).map((found) =>
        triggerOf(person(each.record.id), { ...cause, ...found }, at),
      ),
    ),
  ];
  const rows = read.value.map(({ next }) => next);
  const alarms = await alarmsOfRecords(
    deps,
    {
      ...{ object, triggers, links: living, blanked: blankedOf(read.value) },
      emails: new Map(read.value.map(({ record }) => [record.id, record.values.Email ?? null])),
    },
    at,
  );
  return ok({ seen: [{ side: 'salesforce', rows }], triggers, alarms });
}

/** It lies no longer in the bin: its link had ended because of that. */
function isBack(id: string, links: KnownLink[], living: ReadonlyMap<string, KnownLink>): boolean {
  const [newest] = links.filter(({ recordId }) => recordId === id);
  return !living.has(id) && newest?.endCause === 'deleted_in_salesforce';
}

async function readWanted(
  deps: CollectDeps,
  object: SalesforceObject,
  wanted: Pick<Changed, 'id' | 'record'>[],
  known: { seen: ReadonlyMap<string, Seen>; living: ReadonlyMap<string, KnownLink> },
): Promise<Collecting<Read[]>> {
  if (wanted.length === 0) return ok([]);
  const { scope, store, salesforce } = deps;
  const described = of('salesforce', await fieldsOf(deps, object));
  if (!described.ok) return described;
  const { names, calculated } = described.value;
  const unread = wanted.filter(({ record }) => !record).map(({ id }) => id);
  const answer =
    unread.length > 0
      ? of('salesforce', await salesforce.readRecords(object, unread, [...names, createdField]))
      : ok([]);
  if (!answer.ok) return answer;
  const { integrationUserId } = await store.connection(scope);
  return ok(
    [...wanted.map(({ record }) => record), ...answer.value].flatMap((record): Read[] => {
      if (!record) return [];
      const before = known.seen.get(record.id) ?? null;
      const isOwn = record.lastModifiedById === integrationUserId;
      const modifiedAt = isOwn ? (before?.modifiedAt ?? null) : record.lastModifiedAt;
      const fields = nextSeen(
        before?.fields ?? null,
        record.values,
        names,
        modifiedAt ?? record.lastModifiedAt,
      );
      const link = known.living.get(record.id) ?? null;
      return [{ record, before, next: { id: record.id, fields, modifiedAt }, link, calculated }];
    }),
  );
}

function causesOf(
  { record, before, next, link, calculated }: Read,
  settings: CollectSettings,
  connectedAt: Date,
  since: Date,
): Pick<Cause, 'kind' | 'fields'>[] {
  if (record.isConverted) return link ? [{ kind: 'converted' }] : [];
  if (before) {
    const changed = changedSince(before.fields, next.fields).changed.filter((name) => !calculated.has(name));
    return changed.length > 0 ? [{ kind: 'changed', fields: changed }] : [];
  }
  if (record.lastModifiedAt < since) return [];
  const isNew = Date.parse(record.values[createdField] ?? '') >= connectedAt.getTime();
  if (!isNew || link) return [{ kind: 'changed' }];
  return settings.salesforceChanges === 'create_or_update' ? [{ kind: 'created' }] : [];
}

function blankedOf(read: Read[]): { id: string; names: string[] }[] {
  return read.map(({ record, before, next }) => ({
    id: record.id,
    names: changedSince(before?.fields ?? null, next.fields).blanked,
  }));
}
