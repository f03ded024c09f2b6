import { apiError } from '../errors.ts';
import { jsonBody } from '../rest/input.ts';
import { type ApiRequest, type ApiResponse, type Handler, type Route, route } from '../rest/types.ts';
import { advanceIngest, scheduleIngest } from './ingest.ts';
import { DELIMITERS, type Delimiter, hasEnded, invalidState, type Job, type Jobs, showJob } from './jobs.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
const MAX_BYTES = 150_000_000;

const invalidJob = (message: string) => apiError(400, 'INVALIDJOB', message);

/** Dialect of a new job; anything the vendor does not know is refused. */
export function dialectOf(body: Record<string, unknown>): Pick<Job, 'lineEnding' | 'columnDelimiter'> {
  const { lineEnding = 'LF', columnDelimiter = 'COMMA', contentType = 'CSV' } = body;
  if (contentType !== 'CSV') throw invalidJob(`Unsupported content type: ${String(contentType)}`);
  if (lineEnding !== 'LF' && lineEnding !== 'CRLF')
    throw invalidJob(`Invalid lineEnding: ${String(lineEnding)}`);
  if (typeof columnDelimiter !== 'string' || !Object.hasOwn(DELIMITERS, columnDelimiter)) {
    throw invalidJob(`Invalid columnDelimiter: ${String(columnDelimiter)}`);
  }
  return { lineEnding, columnDelimiter: columnDelimiter as Delimiter };
}

function externalIdOf(request: ApiRequest, object: string, operation: string, name: unknown): string | null {
  if (operation !== 'upsert') return null;
  if (typeof name !== 'string') throw invalidJob('InvalidJob : externalIdFieldName required for upsert');
  const info = request.access.object(object);
  const def = info === null ? null : request.access.field(info, name);
  if (def === null || (!def.externalId && !def.idLookup)) {
    throw invalidJob(`InvalidJob : Field name provided, ${name} does not match an External ID for ${object}`);
  }
  return def.name;
}

function create(jobs: Jobs, request: ApiRequest): ApiResponse {
  const body = jsonBody(request);
  const operation = String(body.operation ?? '');
  if (!OPERATIONS.includes(operation)) throw invalidJob(`Unable to find operation: ${operation}`);
  const object = String(body.object ?? '');
  const info = request.access.object(object);
  if (info === null || info.def.setup) {
    throw apiError(400, 'INVALIDENTITY', `Entity '${object}' is not supported by the Bulk API`);
  }
  const job = jobs.create({
    kind: 'V2Ingest',
    operation,
    object: info.def.name,
    query: null,
    externalIdFieldName: externalIdOf(request, object, operation, body.externalIdFieldName),
    assignmentRuleId: typeof body.assignmentRuleId === 'string' ? body.assignmentRuleId : null,
    createdById: request.user.Id,
    state: 'Open',
    version: request.version,
    ...dialectOf(body),
    dueAt: null,
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

function upload(jobs: Jobs, request: ApiRequest, id: string): ApiResponse {
  const job = jobs.find('V2Ingest', id);
  if (job.state !== 'Open' || job.data !== null) {
    throw invalidState(
      'InvalidJobState : Found multiple contents for job: please Close / Abort / Delete the current Job then create a new Job and make sure you only do PUT once on a given Job.',
    );
  }
  if (!(request.header('content-type') ?? '').startsWith('text/csv')) {
    throw apiError(
      400,
      'INVALIDREQUEST',
      `Content type not supported: ${request.header('content-type') ?? ''}`,
    );
  }
  if (Buffer.byteLength(request.body) > MAX_BYTES) {
    throw apiError(413, 'LIMIT_EXCEEDED', 'The uploaded data is larger than 150 MB');
  }
  jobs.change(job, { data: request.body });
  return { status: 201 };
}

function changeState(jobs: Jobs, request: ApiRequest, id: string): ApiResponse {
  const job = advanceIngest(jobs, jobs.find('V2Ingest', id));
  const { state } = jsonBody(request);
  if (state === 'Aborted') {
    if (hasEnded(job)) throw invalidState('Aborting already Completed Job not allowed');
    return { status: 200, body: showJob(jobs.change(job, { state: 'Aborted', dueAt: null }), false) };
  }
  if (state !== 'UploadComplete')
    throw apiError(400, 'INVALIDJOBSTATE', `Invalid job state: ${String(state)}`);
  if (job.state !== 'Open') throw invalidState('Closing already Completed Job not allowed');
  const next = jobs.change(job, { state: 'UploadComplete', dueAt: jobs.due() });
  scheduleIngest(jobs, next);
  return { status: 200, body: showJob(next, false) };
}

function remove(jobs: Jobs, id: string): ApiResponse {
  const job = advanceIngest(jobs, jobs.find('V2Ingest', id));
  if (!hasEnded(job)) throw invalidState('Job must be in a completed, failed or aborted state to be deleted');
  jobs.delete(job);
  return { status: 204 };
}

const csv = (text: string): ApiResponse => ({ status: 200, text, headers: { 'content-type': 'text/csv' } });

/** Bulk API 2.0 ingest: open, upload, close, poll, results. */
export function ingestRoutes(jobs: Jobs): Route[] {
  const ready = (id: string) => advanceIngest(jobs, jobs.find('V2Ingest', id));
  const show: Handler = (_request, { id = '' }) => ({ status: 200, body: showJob(ready(id), true) });
  const list: Handler = () => ({
    status: 200,
    body: {
      done: true,
      records: jobs.all('V2Ingest').map((job) => showJob(ready(job.id), false)),
      nextRecordsUrl: null,
    },
  });
  const result =
    (pick: (job: Job) => string): Handler =>
    (_request, { id = '' }) =>
      csv(pick(ready(id)));
  return [
    route('POST', 'jobs/ingest', (request) => create(jobs, request)),
    route('GET', 'jobs/ingest', list),
    route('GET', 'jobs/ingest/:id', show),
    route('PUT', 'jobs/ingest/:id/batches', (request, { id = '' }) => upload(jobs, request, id)),
    route('PATCH', 'jobs/ingest/:id', (request, { id = '' }) => changeState(jobs, request, id)),
    route('DELETE', 'jobs/ingest/:id', (_request, { id = '' }) => remove(jobs, id)),
    route(
      'GET',
      'jobs/ingest/:id/successfulResults',
      result((job) => job.successful),
    ),
    route(
      'GET',
      'jobs/ingest/:id/failedResults',
      result((job) => job.failed),
    ),
    route(
      'GET',
      'jobs/ingest/:id/unprocessedrecords',
      result((job) => job.unprocessed),
    ),
  ];
}
