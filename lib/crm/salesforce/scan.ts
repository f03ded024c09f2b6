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
  const job = await openQuery(send, { object, fields, conditions });
  if (!job.ok) return yield job;
  const done = await untilDone(send, job.value, signal);
  if (!done.ok) return yield done;
  for (let locator: string | null = ''; locator !== null; ) {
    const page = await readPage(send, job.value, { object, fields, locator });
    if (!page.ok) return yield page;
    if (page.value.records.length > 0) yield { ok: true, value: page.value.records };
    locator = page.value.next;
  }
}

async function openQuery(send: Send, { object, fields, conditions }: Scan): Promise<CrmResult<string>> {
  const all = [...(object === 'Lead' ? ['IsConverted = false'] : []), ...conditions];
  const condition = all.length > 0 ? ` WHERE ${all.join(' AND ')}` : '';
  const query = `SELECT ${soqlFields([...always[object], ...fields])} FROM ${object}${condition}`;
  const body = { operation: 'query', query };
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

type Wanted = { object: SalesforceObject; fields: string[]; locator: string };

async function readPage(
  send: Send,
  job: string,
  { object, fields, locator }: Wanted,
): Promise<CrmResult<{ records: SalesforceRecord[]; next: string | null }>> {
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
  const records = rows.data.map((each) => toRecord(object, each, fields));
  return { ok: true, value: { records, next: next === lastPage || next === '' ? null : next } };
}

/** In CSV everything is text, and blank is empty. */
function typed(cells: Record<string, string>): Record<string, string | boolean | null> {
  const values = Object.entries(cells).map(([name, cell]) => [name, cell === '' ? null : cell]);
  return {
    ...Object.fromEntries(values),
    ...('IsConverted' in cells ? { IsConverted: cells.IsConverted === 'true' } : {}),
  };
}
