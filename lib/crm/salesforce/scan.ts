import { z } from 'zod';
import { failureOf, salesforceErrors } from '../errors.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import { pause } from '../pause.ts';
import type { SalesforceImportPort, SalesforceObject, SalesforcePort, SalesforceRecord } from '../ports.ts';
import { bulkState, csvAnswer, fromCsv, openedJob } from './bulk.ts';
import type { Send } from './http.ts';
import { always, row, toRecord } from './reading.ts';
import { soqlFields } from './soql.ts';

const jobsPath = '/jobs/query';
/** So many that few calls are needed, and so few that a page is no burden. */
const rowsAPage = 10_000;
const firstPauseMs = 500;
const longestPauseMs = 15_000;
const lastPage = 'null';
const flags = new Set(['IsConverted', 'IsDeleted']);

export function scanCalls(
  send: Send,
  signal?: AbortSignal,
): Pick<SalesforcePort, 'scanRecords'> & Pick<SalesforceImportPort, 'scanCreatedSince'> {
  return {
    scanRecords: (object, fields) => scan(send, { object, fields, conditions: [] }, signal),
    scanCreatedSince: (object, fields, since) =>
      scan(send, { object, fields, conditions: [`CreatedDate >= ${since.toISOString()}`] }, signal),
  };
}

type Scan = { object: SalesforceObject; fields: string[]; conditions: string[] };

async function* scan(
  send: Send,
  { object, fields, conditions }: Scan,
  signal?: AbortSignal,
): AsyncGenerator<CrmResult<SalesforceRecord[]>, void> {
  const all = [...(object === 'Lead' ? ['IsConverted = false'] : []), ...conditions];
  const condition = all.length > 0 ? ` WHERE ${all.join(' AND ')}` : '';
  const soql = `SELECT ${soqlFields([...always[object], ...fields])} FROM ${object}${condition}`;
  for await (const page of queryInBulk(send, { operation: 'query', soql, rowsAPage, row }, signal)) {
    if (!page.ok) return yield page;
    yield { ok: true, value: page.value.map((each) => toRecord(object, each, fields)) };
  }
}

type BulkQuery<Row> = {
  /** `queryAll` shows what lies in the bin too. */
  operation: 'query' | 'queryAll';
  soql: string;
  rowsAPage: number;
  row: z.ZodType<Row>;
};

/** The rows of one Bulk query, page by page. A failure ends it. */
export async function* queryInBulk<Row>(
  send: Send,
  query: BulkQuery<Row>,
  signal?: AbortSignal,
): AsyncGenerator<CrmResult<Row[]>, void> {
  const job = await openQuery(send, query);
  if (!job.ok) return yield job;
  const done = await untilDone(send, job.value, signal);
  if (!done.ok) return yield done;
  for (let locator: string | null = ''; locator !== null; ) {
    const page: CrmResult<{ rows: Row[]; next: string | null }> = await readPage(
      send,
      job.value,
      query,
      locator,
    );
    if (!page.ok) return yield page;
    if (page.value.rows.length > 0) yield { ok: true, value: page.value.rows };
    locator = page.value.next;
  }
}

async function openQuery(
  send: Send,
  { operation, soql }: Pick<BulkQuery<unknown>, 'operation' | 'soql'>,
): Promise<CrmResult<string>> {
  const body = { operation, query: soql };
  // A job opened twice only costs time.
  const answer = await send({ method: 'POST', path: jobsPath, body, answer: openedJob });
  return answer.ok ? { ok: true, value: `${jobsPath}/${encodeURIComponent(answer.value.id)}` } : answer;
}

async function untilDone(send: Send, path: string, signal?: AbortSignal): Promise<CrmResult<void>> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const job = await send({ method: 'GET', path, answer: bulkState });
    if (!job.ok) return job;
    const { state, message } = job.value;
    if (state === 'done') return { ok: true, value: undefined };
    if (state === 'failed' || state === 'aborted') {
      return { ok: false, failure: queryFailure(message ?? `The job was ${state}.`) };
    }
    await pause(pauseMs, signal);
  }
}

function queryFailure(message: string): CrmFailure {
  return failureOf(salesforceErrors, { code: 'INVALIDJOB', message, fields: [] });
}

async function readPage<Row>(
  send: Send,
  job: string,
  { rowsAPage, row }: Pick<BulkQuery<Row>, 'rowsAPage' | 'row'>,
  locator: string,
): Promise<CrmResult<{ rows: Row[]; next: string | null }>> {
  const query = new URLSearchParams({
    maxRecords: String(rowsAPage),
    ...(locator === '' ? {} : { locator }),
  });
  const path = `${job}/results?${query}`;
  const answer = await send({ method: 'GET', path, reads: 'csv', answer: csvAnswer });
  if (!answer.ok) return answer;
  const { text, locator: next } = answer.value;
  const rows = z.array(row).safeParse(fromCsv(text).map(typed));
  if (!rows.success) {
    const message = `Salesforce answered a Bulk query in an unknown form (${rows.error.issues[0]?.message}).`;
    return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
  }
  return { ok: true, value: { rows: rows.data, next: next === lastPage || next === '' ? null : next } };
}

/** In CSV everything is text, and blank is empty. */
function typed(cells: Record<string, string>): Record<string, string | boolean | null> {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [
      name,
      flags.has(name) ? cell === 'true' : cell === '' ? null : cell,
    ]),
  );
}
