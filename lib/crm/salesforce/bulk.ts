import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { CrmFailure, CrmResult } from '../failure.ts';
import type { BulkResults, BulkState, SalesforcePort, Values } from '../ports.ts';
import { recordFailure } from './failure.ts';
import type { Send } from './http.ts';
import { toId18 } from './ids.ts';

const jobsPath = '/jobs/ingest';
/** How Bulk empties a field; an empty cell leaves it as it is. */
const emptied = '#N/A';

const states = {
  Open: 'open',
  UploadComplete: 'working',
  InProgress: 'working',
  JobComplete: 'done',
  Failed: 'failed',
  Aborted: 'aborted',
} as const;
export const bulkState = z
  .object({
    state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
    numberRecordsProcessed: z.number().default(0),
    numberRecordsFailed: z.number().default(0),
    errorMessage: z.string().nullish(),
  })
  .transform(
    (job): BulkState => ({
      state: states[job.state],
      processed: job.numberRecordsProcessed,
      failed: job.numberRecordsFailed,
      message: job.errorMessage ?? null,
    }),
  );
const ruleRows = z.object({ records: z.array(z.object({ Id: z.string() })) });
export const openedJob = z.object({ id: z.string() });
export const csvAnswer = z.object({ text: z.string(), locator: z.string().nullable() });
const csvRows = z.array(z.record(z.string(), z.string()));
const nothing = z.unknown().transform(() => undefined);

type BulkCalls = Pick<
  SalesforcePort,
  'activeAssignmentRule' | 'openBulkJob' | 'startBulkJob' | 'bulkJob' | 'bulkResults' | 'abortBulkJob'
>;

/** Bulk API 2.0 ingest by requests of our own: jsforce's loses columns, and deletes the job when it waits too long. */
export function bulkCalls(send: Send): BulkCalls {
  const change = (jobId: string, state: 'UploadComplete' | 'Aborted') =>
    send({ method: 'PATCH', path: pathOf(jobId), body: { state }, changes: true, answer: nothing });
  return {
    async activeAssignmentRule(object) {
      // Only Leads have rules among the objects that are synced.
      if (object === 'Contact') return { ok: true, value: null };
      const soql = `SELECT Id FROM AssignmentRule WHERE SobjectType = '${object}' AND Active = true`;
      const path = `/query?${new URLSearchParams({ q: soql })}`;
      const answer = await send({ method: 'GET', path, answer: ruleRows });
      return answer.ok ? { ok: true, value: answer.value.records[0]?.Id ?? null } : answer;
    },
    async openBulkJob({ object, operation, assignmentRuleId }) {
      const body = {
        ...{ object, operation, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' },
        ...(assignmentRuleId === undefined ? {} : { assignmentRuleId }),
      };
      const answer = await send({ method: 'POST', path: jobsPath, body, changes: true, answer: openedJob });
      return answer.ok ? { ok: true, value: { jobId: answer.value.id } } : answer;
    },
    async startBulkJob(jobId, rows) {
      const path = `${pathOf(jobId)}/batches`;
      const csv = toCsv(rows);
      const uploaded = await send({ method: 'PUT', path, csv, changes: true, answer: nothing });
      return uploaded.ok ? change(jobId, 'UploadComplete') : uploaded;
    },
    bulkJob: (jobId) => send({ method: 'GET', path: pathOf(jobId), answer: bulkState }),
    bulkResults: (jobId, rows) => readResults(send, jobId, rows),
    abortBulkJob: (jobId) => change(jobId, 'Aborted'),
  };
}

function pathOf(jobId: string): string {
  return `${jobsPath}/${encodeURIComponent(jobId)}`;
}

/** All columns that any row has: Salesforce knows none but those of the header. */
function toCsv(rows: Values[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => cellOf(row[column])));
  return stringify([columns, ...cells], { record_delimiter: '\n' });
}

function cellOf(value: string | null | undefined): string {
  if (value === undefined) return '';
  return value === null || value === '' ? emptied : value;
}

/** Rows of a CSV file by column; none in an empty one. */
export function fromCsv(text: string): Record<string, string>[] {
  return csvRows.parse(parse(text, { columns: true, bom: true, skip_empty_lines: true }));
}

/** The three files one after the other, until the fate of each row is known: mostly the first tells it all. */
async function readResults(send: Send, jobId: string, rows: number): Promise<CrmResult<BulkResults>> {
  const files: Record<string, string>[][] = [];
  for (const name of ['successfulResults', 'failedResults', 'unprocessedrecords']) {
    if (files.length > 0 && files.flat().length >= rows) break;
    const path = `${pathOf(jobId)}/${name}`;
    const answer = await send({ method: 'GET', path, reads: 'csv', answer: csvAnswer });
    if (!answer.ok) return answer;
    files.push(fromCsv(answer.value.text));
  }
  const [saved = [], refused = [], unprocessed = []] = files;
  return {
    ok: true,
    value: {
      saved: saved.map(({ sf__Id = '', sf__Created, ...values }) => ({
        id: toId18(sf__Id),
        created: sf__Created === 'true',
        values: asSent(values),
      })),
      refused: refused.map(({ sf__Id: _, sf__Error = '', ...values }) => ({
        values: asSent(values),
        failure: rowFailure(sf__Error),
      })),
      unprocessed: unprocessed.map(asSent),
    },
  };
}

function asSent(cells: Record<string, string>): Values {
  const sent = Object.entries(cells).filter(([, cell]) => cell !== '');
  return Object.fromEntries(sent.map(([name, cell]) => [name, cell === emptied ? null : cell]));
}

/** `CODE:message:Field1,Field2 --`, several of them joined by a semicolon. */
function rowFailure(text: string): CrmFailure {
  const errors = text.split(/ --;?/).flatMap((part) => {
    const [, code, message = '', fields = ''] = /^([A-Z][A-Z_]*):(.*):([^:]*)$/s.exec(part) ?? [];
    return code ? [{ code, message, fields: fields.split(',').filter(Boolean) }] : [];
  });
  return recordFailure(
    errors.length > 0 ? errors : [{ code: 'UNREADABLE_ERROR', message: text, fields: [] }],
  );
}
