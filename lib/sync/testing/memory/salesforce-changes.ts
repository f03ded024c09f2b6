import { chunk } from '#lib/core/chunk.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { RecordCursor, SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import type { SalesforceOrg } from './salesforce-org.ts';
import { asRecord, asStamp, refused, type StoredRecord } from './salesforce-record.ts';
import type { OrgContext } from './salesforce-writes.ts';

const second = 1_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const updatedDays = 30;
const deletedDays = 15;

type ChangeCalls = Pick<
  SalesforcePort,
  | 'changedRecords'
  | 'countChanged'
  | 'scanChanged'
  | 'updatedIds'
  | 'deletedIds'
  | 'deletedAmong'
  | 'recordCounts'
>;

/** What changed: by stamps, deleted records too while they lie in the bin, and by spans of whole minutes. */
export function replicationCalls({ org, worker, observe }: OrgContext): ChangeCalls {
  return {
    async *changedRecords(object, since) {
      for (let cursor = since; ; ) {
        const page = recordsAfter(org, object, cursor).slice(0, org.changesAPage);
        const last = page.at(-1);
        if (!last) return;
        const isLast = page.length < org.changesAPage;
        yield { ok: true, value: { stamps: page.map(asStamp), isLast } };
        if (isLast) return;
        cursor = { at: new Date(last.systemModstamp), id: last.id };
      }
    },
    countChanged: async (object, since) => ({ ok: true, value: recordsAfter(org, object, since).length }),
    async *scanChanged(object, { since, until }, fields) {
      if (fields.some((name) => !org.fields(object).has(name) && name !== 'CreatedDate')) {
        yield refused('permissions', 'INVALID_FIELD');
        return;
      }
      const latest = until ? wholeSecond(until.getTime()) : Number.POSITIVE_INFINITY;
      const found = recordsAfter(org, object, since).filter(({ systemModstamp }) => systemModstamp <= latest);
      const records = found.map((record) => {
        const read = asRecord(record, fields, org.fields(object));
        const { id, values } = read;
        observe({ kind: 'read', at: org.clock.ms(), worker, side: 'salesforce', id, values });
        return { ...asStamp(record), ...read };
      });
      for (const page of chunk(records, org.changesAPage)) yield { ok: true, value: page };
    },
    async updatedIds(object, span) {
      const covered = cover(org, object, span, updatedDays);
      if (!covered.ok) return covered;
      const { start, end, latest } = covered.value;
      const ids = org
        .all()
        .filter((record) => record.object === object && record.deletedAt === null)
        .filter(({ systemModstamp: at }) => at >= start && at < end)
        .map(({ id }) => id);
      return { ok: true, value: { ids, coveredUntil: new Date(latest) } };
    },
    async deletedIds(object, span) {
      const covered = cover(org, object, span, deletedDays);
      if (!covered.ok) return covered;
      const { start, end, latest } = covered.value;
      const deleted = org
        .all()
        .filter((record) => record.object === object)
        .flatMap(({ id, deletedAt }) => (deletedAt === null ? [] : [{ id, at: wholeSecond(deletedAt) }]))
        .filter(({ at }) => at >= start && at < end)
        .map(({ id, at }) => ({ id, at: new Date(at) }));
      const knownSince = new Date(org.clock.ms() - deletedDays * day);
      return { ok: true, value: { deleted, knownSince, coveredUntil: new Date(latest) } };
    },
    async deletedAmong(object, ids) {
      const binned = ids.flatMap((id) => {
        const record = org.get(id);
        const isThere = record?.object === object && record.deletedAt !== null && !isPurged(org, record);
        return isThere ? [{ id, mergedInto: record.mergedInto }] : [];
      });
      return { ok: true, value: binned };
    },
    async recordCounts() {
      const count = (object: SalesforceObject) =>
        org.all().filter((record) => record.object === object && record.deletedAt === null).length;
      return { ok: true, value: { Lead: count('Lead'), Contact: count('Contact') } };
    },
  };
}

const wholeSecond = (ms: number) => Math.floor(ms / second) * second;

function recordsAfter(
  org: SalesforceOrg,
  object: SalesforceObject,
  { at, id }: RecordCursor,
): StoredRecord[] {
  const from = wholeSecond(at.getTime());
  return org
    .all()
    .filter((record) => record.object === object && !isPurged(org, record))
    .filter(({ systemModstamp, id: own }) =>
      id === null ? systemModstamp >= from : systemModstamp > from || (systemModstamp === from && own > id),
    )
    .sort((a, b) => a.systemModstamp - b.systemModstamp || (a.id < b.id ? -1 : 1));
}

/** Does nothing tell of this deletion any more? */
export function isPurged(org: SalesforceOrg, { deletedAt }: StoredRecord): boolean {
  return deletedAt !== null && org.clock.ms() - deletedAt > deletedDays * day;
}

function cover(
  org: SalesforceOrg,
  object: SalesforceObject,
  span: { start: Date; end: Date },
  days: number,
): CrmResult<{ start: number; end: number; latest: number }> {
  const wholeMinute = (ms: number) => Math.floor(ms / minute) * minute;
  const [start, end] = [wholeMinute(span.start.getTime()), wholeMinute(span.end.getTime())];
  const now = org.clock.ms();
  const isWrong = end - start < minute || start > now || start < now - days * day - minute;
  if (isWrong) return refused('values', 'INVALID_REPLICATION_DATE');
  const open = org.oldestOpen(object);
  const latest = Math.min(end, wholeMinute(now), open === null ? end : wholeMinute(open));
  return { ok: true, value: { start, end, latest } };
}
