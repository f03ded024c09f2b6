import { ApiError, apiError } from '../errors.ts';
import { jsonBody, queryScope } from '../rest/input.ts';
import { type ApiRequest, type ApiResponse, type Handler, type Route, route } from '../rest/types.ts';
import { matching } from '../soql/engine.ts';
import { noSuchType } from '../soql/errors.ts';
import { parseSoql } from '../soql/parse.ts';
import { compileColumns } from '../soql/select.ts';
import { writeCsv } from './csv.ts';
import { dialectOf } from './ingest-routes.ts';
import { hasEnded, invalidState, type Job, type Jobs, showJob } from './jobs.ts';

/** Checks a query against the rules of bulk and prepares its rows. */
function plan(
  request: ApiRequest,
  soql: string,
  includeDeleted: boolean,
): { object: string; table: string[][] } {
  const scope = queryScope(request, soql);
  const query = parseSoql(soql);
  const info = request.access.object(query.object);
  if (info === null) throw noSuchType(soql, query.object);
  const refused = (what: string) => apiError(400, 'API_ERROR', `${what} not supported in Bulk Query`);
  if (query.countOnly || query.groupBy.length > 0) throw refused('Aggregate Relationships');
  if (query.items.some((item) => item.kind === 'function')) throw refused('Aggregate functions');
  if (query.items.some((item) => item.kind === 'children')) throw refused('Nested queries');
  if (query.items.some((item) => item.kind === 'typeof')) throw refused('TYPEOF');
  if (query.offset > 0) throw refused('OFFSET');
  const columns = compileColumns(scope, info, query);
  const rows = matching(scope, info, query, includeDeleted);
  const cell = (value: unknown) => (value === null || value === undefined ? '' : String(value));
  const table = rows.map((row) => columns.map((column) => cell(column.read(row))));
  return { object: info.def.name, table: [columns.map((column) => column.name), ...table] };
}

function create(jobs: Jobs, request: ApiRequest): ApiResponse {
  const body = jsonBody(request);
  const operation = String(body.operation ?? '');
  if (operation !== 'query' && operation !== 'queryAll') {
    throw apiError(400, 'INVALIDJOB', `Unable to find operation: ${operation}`);
  }
  const soql = String(body.query ?? '');
  const checked = plan(request, soql, operation === 'queryAll');
  const job = jobs.create({
    kind: 'V2Query',
    operation,
    object: checked.object,
    query: soql,
    externalIdFieldName: null,
    assignmentRuleId: null,
    createdById: request.user.Id,
    state: 'UploadComplete',
    version: request.version,
    ...dialectOf(body),
    dueAt: jobs.due(),
    data: null,
    successful: '',
    failed: '',
    unprocessed: '',
    rows: [],
    header: '',
    processed: 0,
    failures: 0,
    errorMessage: null,
  });
  return { status: 200, body: showJob(job, false) };
}

function advance(jobs: Jobs, request: ApiRequest, job: Job): Job {
  let current = job;
  while (!hasEnded(current) && jobs.isDue(current)) {
    if (current.state === 'UploadComplete') {
      const dueAt = (current.dueAt ?? 0) + jobs.org.config.current.bulkStepMs;
      current = jobs.change(current, { state: 'InProgress', dueAt });
      continue;
    }
    current = run(jobs, request, current);
  }
  return current;
}

function run(jobs: Jobs, request: ApiRequest, job: Job): Job {
  try {
    const { table } = plan(request, job.query ?? '', job.operation === 'queryAll');
    const lines = table.map((row) => writeCsv(job, [row]));
    const [header = '', ...rows] = lines;
    return jobs.change(job, { state: 'JobComplete', dueAt: null, header, rows, processed: rows.length });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const errorMessage = error.entries.map((entry) => `${entry.code}: ${entry.message}`).join('; ');
    return jobs.change(job, { state: 'Failed', dueAt: null, errorMessage });
  }
}

function results(request: ApiRequest, job: Job): ApiResponse {
  if (job.state !== 'JobComplete') {
    if (hasEnded(job)) throw invalidState('Job results are not available for a job that did not complete');
    return { status: 204 };
  }
  const locator = request.query.get('locator');
  const from = locator === null || locator === '' ? 0 : decodeLocator(locator);
  const most = request.org.config.current.bulkQueryPage;
  const asked = Number(request.query.get('maxRecords') ?? most);
  if (!Number.isInteger(asked) || asked < 1) {
    throw apiError(400, 'INVALID_ARGUMENT', 'maxRecords must be a positive number');
  }
  if (from > 0 && from >= job.rows.length)
    throw apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const rows = job.rows.slice(from, from + Math.min(asked, most));
  const next = from + rows.length;
  return {
    status: 200,
    text: job.header + rows.join(''),
    headers: {
      'content-type': 'text/csv',
      'sforce-locator': next < job.rows.length ? encodeLocator(next) : 'null',
      'sforce-numberofrecords': String(rows.length),
    },
  };
}

const encodeLocator = (row: number) => Buffer.from(`row:${row}`).toString('base64url');

function decodeLocator(text: string): number {
  const match = /^row:(\d+)$/.exec(Buffer.from(text, 'base64url').toString());
  if (match === null) throw apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return Number(match[1]);
}

/** Bulk API 2.0 query. */
export function bulkQueryRoutes(jobs: Jobs): Route[] {
  const ready = (request: ApiRequest, id: string) => advance(jobs, request, jobs.find('V2Query', id));
  const abort: Handler = (request, { id = '' }) => {
    const job = ready(request, id);
    if (jsonBody(request).state !== 'Aborted') throw apiError(400, 'INVALIDJOBSTATE', 'Invalid job state');
    if (hasEnded(job)) throw invalidState('Aborting already Completed Job not allowed');
    return { status: 200, body: showJob(jobs.change(job, { state: 'Aborted', dueAt: null }), false) };
  };
  const remove: Handler = (request, { id = '' }) => {
    const job = ready(request, id);
    if (!hasEnded(job))
      throw invalidState('Job must be in a completed, failed or aborted state to be deleted');
    jobs.delete(job);
    return { status: 204 };
  };
  const list: Handler = (request) => ({
    status: 200,
    body: {
      done: true,
      records: jobs.all('V2Query').map((job) => showJob(ready(request, job.id), false)),
      nextRecordsUrl: null,
    },
  });
  return [
    route('POST', 'jobs/query', (request) => create(jobs, request)),
    route('GET', 'jobs/query', list),
    route('GET', 'jobs/query/:id', (request, { id = '' }) => ({
      status: 200,
      body: showJob(ready(request, id), true),
    })),
    route('GET', 'jobs/query/:id/results', (request, { id = '' }) => results(request, ready(request, id))),
    route('PATCH', 'jobs/query/:id', abort),
    route('DELETE', 'jobs/query/:id', remove),
  ];
}
