import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import type { RecordCursor, RecordStamp, SalesforceObject, SalesforcePort } from '../ports.ts';
import type { Send } from './http.ts';
import { toId18 } from './ids.ts';
import { followPages } from './org.ts';
import { soqlText } from './soql.ts';

/** The largest page of a query. */
const pageSize = 2_000;
const fields = 'Id,SystemModstamp,LastModifiedDate,LastModifiedById,IsDeleted,MasterRecordId';

const stampRow = z.object({
  Id: z.string(),
  SystemModstamp: z.coerce.date(),
  LastModifiedDate: z.coerce.date(),
  LastModifiedById: z.string(),
  IsDeleted: z.boolean(),
  MasterRecordId: z.string().nullish(),
});
const updatedAnswer = z.object({ ids: z.array(z.string()), latestDateCovered: z.coerce.date() });
const deletedAnswer = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.coerce.date() })),
  earliestDateAvailable: z.coerce.date(),
  latestDateCovered: z.coerce.date(),
});
const countAnswer = z.object({ sObjects: z.array(z.object({ name: z.string(), count: z.number() })) });

type ChangeCalls = Pick<SalesforcePort, 'changedRecords' | 'updatedIds' | 'deletedIds' | 'recordCounts'>;

export function changeCalls(send: Send): ChangeCalls {
  return {
    changedRecords: (object, since) => changedRecords(send, object, since),
    async updatedIds(object, span) {
      const path = `/sobjects/${object}/updated?${spanQuery(span)}`;
      const answer = await send({ method: 'GET', path, answer: updatedAnswer });
      if (!answer.ok) return answer;
      const { ids, latestDateCovered } = answer.value;
      return { ok: true, value: { ids: ids.map(toId18), coveredUntil: latestDateCovered } };
    },
    async deletedIds(object, span) {
      const path = `/sobjects/${object}/deleted?${spanQuery(span)}`;
      const answer = await send({ method: 'GET', path, answer: deletedAnswer });
      if (!answer.ok) return answer;
      const { deletedRecords, earliestDateAvailable, latestDateCovered } = answer.value;
      const deleted = deletedRecords.map(({ id, deletedDate }) => ({ id: toId18(id), at: deletedDate }));
      return {
        ok: true,
        value: { deleted, knownSince: earliestDateAvailable, coveredUntil: latestDateCovered },
      };
    },
    async recordCounts() {
      const path = '/limits/recordCount?sObjects=Lead,Contact';
      const answer = await send({ method: 'GET', path, answer: countAnswer });
      if (!answer.ok) return answer;
      // An object without records is left out.
      const countOf = (object: SalesforceObject) =>
        answer.value.sObjects.find(({ name }) => name === object)?.count ?? 0;
      return { ok: true, value: { Lead: countOf('Lead'), Contact: countOf('Contact') } };
    },
  };
}

/** `queryAll` shows what lies in the bin and who was merged; each page is a query of its own, so no locator ages. */
async function* changedRecords(
  send: Send,
  object: SalesforceObject,
  since: RecordCursor,
): AsyncIterable<CrmResult<RecordStamp[]>> {
  for (let cursor = since; ; ) {
    const soql = `SELECT ${fields} FROM ${object} WHERE ${after(cursor)} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`;
    const rows = await followPages(send, `/queryAll?q=${encodeURIComponent(soql)}`, stampRow);
    if (!rows.ok) {
      yield rows;
      return;
    }
    const stamps = rows.value.map((row): RecordStamp => {
      const master = row.MasterRecordId;
      return {
        id: toId18(row.Id),
        systemModstamp: row.SystemModstamp,
        lastModifiedAt: row.LastModifiedDate,
        lastModifiedById: toId18(row.LastModifiedById),
        isDeleted: row.IsDeleted,
        mergedInto: master ? toId18(master) : null,
      };
    });
    const last = stamps.at(-1);
    if (!last) return;
    yield { ok: true, value: stamps };
    if (stamps.length < pageSize) return;
    cursor = { at: last.systemModstamp, id: last.id };
  }
}

/** Stamps have whole seconds: a cursor within a second takes in all of it. */
function after({ at, id }: RecordCursor): string {
  const second = new Date(Math.floor(at.getTime() / 1_000) * 1_000).toISOString();
  if (id === null) return `SystemModstamp >= ${second}`;
  return `(SystemModstamp > ${second} OR (SystemModstamp = ${second} AND Id > ${soqlText(id)}))`;
}

function spanQuery({ start, end }: { start: Date; end: Date }): string {
  const text = (date: Date) => date.toISOString().replace(/\.\d+Z$/, '+00:00');
  return new URLSearchParams({ start: text(start), end: text(end) }).toString();
}
