import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { z } from 'zod';
import { failureOf, salesforceErrors } from '../errors.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import { pause } from '../pause.ts';
import type { SalesforceImportPort, SalesforceObject, SalesforcePort, SalesforceRecord } from '../ports.ts';
import { bulkState, csvAnswer, openedJob } from './bulk.ts';
import type { Send } from './http.ts';
import { always, row, toRecord } from './reading.ts';
import { soqlFields } from './soql.ts';

const jobsPath = '/jobs/query';
/** So many that few calls are needed. */
const mostRowsAPage = 50_000;
/** So long that a page is no burden: the lengths of a page's rows tell how many the next one may have. */
const lengthOfPage = 20_000_000;
/** So few that what is read of a page is no burden. */
const rowsAPiece = 10_000;
/** No job is done at once: asking so soon would be for nothing. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** In how many bytes a page is taken apart. */
const sliceLength = 64 * 1024;
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
  for await (const page of queryInBulk(
    send,
    { operation: 'query', soql, rowsFirst: mostRowsAPage, row },
    signal,
  )) {
    if (!page.ok) return yield page;
    yield { ok: true, value: page.value.map((each) => toRecord(object, each, fields)) };
  }
}

type BulkQuery<Row> = {
  /** `queryAll` shows what lies in the bin too. */
  operation: 'query' | 'queryAll';
  soql: string;
  /** So many rows the first page may have, 50,000 at most. */
  rowsFirst: number;
  row: z.ZodType<Row>;
};

/** The rows of one Bulk query, piece by piece. A failure ends it. */
export async function* queryInBulk<Row>(
  send: Send,
  query: BulkQuery<Row>,
  signal?: AbortSignal,
): AsyncGenerator<CrmResult<Row[]>, void> {
  const job = await openQuery(send, query);
  if (!job.ok) return yield job;
  const done = await untilDone(send, job.value, signal);
  if (!done.ok) return yield done;
  let most = Math.min(query.rowsFirst, mostRowsAPage);
  for (let locator: string | null = ''; locator !== null; ) {
    const page: CrmResult<Page> = await readPage(send, job.value, most, locator);
    if (!page.ok) return yield page;
    const { text, locator: next } = page.value;
    let rows = 0;
    for await (const piece of piecesOf(text, query.row)) {
      rows += piece.ok ? piece.value.length : 0;
      yield piece;
    }
    most = Math.min(Math.ceil((lengthOfPage / text.length) * Math.max(rows, 1)), mostRowsAPage);
    locator = next === lastPage || next === '' ? null : next;
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
    await pause(pauseMs, signal);
    const job = await send({ method: 'GET', path, answer: bulkState });
    if (!job.ok) return job;
    const { state, message } = job.value;
    if (state === 'done') return { ok: true, value: undefined };
    if (state === 'failed' || state === 'aborted') {
      return { ok: false, failure: queryFailure(message ?? `The job was ${state}.`) };
    }
  }
}

function queryFailure(message: string): CrmFailure {
  return failureOf(salesforceErrors, { code: 'INVALIDJOB', message, fields: [] });
}

type Page = z.infer<typeof csvAnswer>;

function readPage(send: Send, job: string, rows: number, locator: string): Promise<CrmResult<Page>> {
  const query = new URLSearchParams({
    maxRecords: String(rows),
    ...(locator === '' ? {} : { locator }),
  });
  return send({ method: 'GET', path: `${job}/results?${query}`, reads: 'csv', answer: csvAnswer });
}

/** The rows of a page, a piece at a time: the text is there, but never all that it says. */
async function* piecesOf<Row>(text: string, row: z.ZodType<Row>): AsyncGenerator<CrmResult<Row[]>, void> {
  const options = { columns: true, bom: true, skip_empty_lines: true };
  let piece: Row[] = [];
  for await (const cells of Readable.from(slicesOf(text)).pipe(parse(options))) {
    const each = row.safeParse(typed(cells));
    if (!each.success) {
      const message = `Salesforce answered a Bulk query in an unknown form (${each.error.issues[0]?.message}).`;
      return yield { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
    }
    piece.push(each.data);
    if (piece.length < rowsAPiece) continue;
    yield { ok: true, value: piece };
    piece = [];
  }
  if (piece.length > 0) yield { ok: true, value: piece };
}

function* slicesOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += sliceLength) yield bytes.subarray(at, at + sliceLength);
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
