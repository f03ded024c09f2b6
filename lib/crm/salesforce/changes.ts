import { z } from 'zod';
import { chunk } from '#lib/core/chunk.ts';
import { readPieces } from '../batches.ts';
import type { CrmResult } from '../failure.ts';
import { wholeSecond } from '../late-commit.ts';
import type {
  ChangedRecord,
  ChangePage,
  RecordCursor,
  RecordStamp,
  SalesforceObject,
  SalesforcePort,
} from '../ports.ts';
import type { Send } from './http.ts';
import { toId18 } from './ids.ts';
import { followPages } from './org.ts';
import { always, row, toRecord } from './reading.ts';
import { queryInBulk } from './scan.ts';
import { soqlFields, soqlList, soqlText } from './soql.ts';

/** The largest page of a query. */
const pageSize = 2_000;
const inBin = ['IsDeleted', 'MasterRecordId'];
const stampFields = ['Id', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById', ...inBin].join(',');
/** So many rows of a Bulk query are asked for before it is known how long they are. */
const cellsFirst = 400_000;
/** A query stands in an address line, which ends at 16,384 bytes. */
const idsAQuery = 400;

const stampRow = z.object({
  Id: z.string(),
  SystemModstamp: z.coerce.date(),
  LastModifiedDate: z.coerce.date(),
  LastModifiedById: z.string(),
  IsDeleted: z.boolean(),
  MasterRecordId: z.string().nullish(),
});
const binnedRow = z.object({ Id: z.string(), MasterRecordId: z.string().nullish() });
const changedRow = row.and(z.object({ IsDeleted: z.boolean(), MasterRecordId: z.string().nullish() }));
const totalAnswer = z.object({ totalSize: z.number() });
const updatedAnswer = z.object({ ids: z.array(z.string()), latestDateCovered: z.coerce.date() });
const deletedAnswer = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.coerce.date() })),
  earliestDateAvailable: z.coerce.date(),
  latestDateCovered: z.coerce.date(),
});
const countAnswer = z.object({ sObjects: z.array(z.object({ name: z.string(), count: z.number() })) });

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

export function changeCalls(send: Send, signal?: AbortSignal): ChangeCalls {
  return {
    changedRecords: (object, since) => changedRecords(send, object, since),
    countChanged: (object, since) => countChanged(send, object, since),
    scanChanged: (object, span, fields) => scanChanged(send, { object, fields, ...span }, signal),
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
    deletedAmong: (object, ids) => deletedAmong(send, object, ids),
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
): AsyncIterable<CrmResult<ChangePage>> {
  for (let cursor = since; ; ) {
    const soql = `SELECT ${stampFields} FROM ${object} WHERE ${after(cursor)} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`;
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
    const isLast = stamps.length < pageSize;
    yield { ok: true, value: { stamps, isLast } };
    if (isLast) return;
    cursor = { at: last.systemModstamp, id: last.id };
  }
}

async function deletedAmong(
  send: Send,
  object: SalesforceObject,
  ids: readonly string[],
): Promise<CrmResult<Pick<RecordStamp, 'id' | 'mergedInto'>[]>> {
  const wanted = [...new Set(ids.map(toId18))];
  const found = await readPieces(chunk(wanted, idsAQuery), (piece) => {
    const soql = `SELECT Id,MasterRecordId FROM ${object} WHERE IsDeleted = true AND Id IN ${soqlList(piece)}`;
    return followPages(send, `/queryAll?q=${encodeURIComponent(soql)}`, binnedRow);
  });
  if (!found.ok) return found;
  const binned = found.value.flat().map(({ Id, MasterRecordId: master }) => ({
    id: toId18(Id),
    mergedInto: master ? toId18(master) : null,
  }));
  return { ok: true, value: binned };
}

async function countChanged(
  send: Send,
  object: SalesforceObject,
  since: RecordCursor,
): Promise<CrmResult<number>> {
  const soql = `SELECT COUNT() FROM ${object} WHERE ${after(since)}`;
  const path = `/queryAll?q=${encodeURIComponent(soql)}`;
  const answer = await send({ method: 'GET', path, answer: totalAnswer });
  return answer.ok ? { ok: true, value: answer.value.totalSize } : answer;
}

type Scan = { object: SalesforceObject; fields: string[]; since: RecordCursor; until: Date | null };

async function* scanChanged(
  send: Send,
  { object, fields, since, until }: Scan,
  signal?: AbortSignal,
): AsyncGenerator<CrmResult<ChangedRecord[]>, void> {
  const columns = soqlFields([...always[object], ...inBin, ...fields]);
  const conditions = [
    after(since),
    ...(until ? [`SystemModstamp <= ${wholeSecond(until).toISOString()}`] : []),
  ];
  const soql = `SELECT ${columns} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY SystemModstamp, Id`;
  const query = {
    operation: 'queryAll' as const,
    soql,
    rowsFirst: Math.floor(cellsFirst / columns.split(',').length),
    row: changedRow,
  };
  for await (const page of queryInBulk(send, query, signal)) {
    if (!page.ok) return yield page;
    const records = page.value.map((each) => {
      const master = each.MasterRecordId;
      return {
        ...toRecord(object, each, fields),
        isDeleted: each.IsDeleted,
        mergedInto: master ? toId18(master) : null,
      };
    });
    yield { ok: true, value: records };
  }
}

/** Stamps have whole seconds: a cursor within a second takes in all of it. */
function after({ at, id }: RecordCursor): string {
  const second = wholeSecond(at).toISOString();
  if (id === null) return `SystemModstamp >= ${second}`;
  return `(SystemModstamp > ${second} OR (SystemModstamp = ${second} AND Id > ${soqlText(id)}))`;
}

function spanQuery({ start, end }: { start: Date; end: Date }): string {
  const text = (date: Date) => date.toISOString().replace(/\.\d+Z$/, '+00:00');
  return new URLSearchParams({ start: text(start), end: text(end) }).toString();
}
