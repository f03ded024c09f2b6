import { ApiError, apiError, invalidCrossReference, malformedId } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Access } from '../metadata/access.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { WriteContext } from '../records/context.ts';
import { deleteRecord } from '../records/remove.ts';
import { createRecord, updateRecord } from '../records/save.ts';
import { coerce } from '../records/values.ts';
import { readCsv, writeCsv } from './csv.ts';
import { hasEnded, type Job, type Jobs } from './jobs.ts';

type RowResult = { id: string; created: boolean } | { error: string; id: string };

/** Names that are columns of no field make the whole job fail. */
function assertHeader(access: Access, info: ObjectInfo, header: string[]): void {
  for (const name of header) {
    const [relation = '', target] = name.split('.');
    const known =
      target === undefined
        ? access.field(info, name) !== null
        : info.byRelationship.has(relation.replace(/^.*:/, '').toLowerCase());
    if (!known) throw apiError(400, 'InvalidBatch', `Field name not found : ${name}`);
  }
}

/** Empty cells are left out (the field stays as it is), `#N/A` empties the field. */
function toValues(header: string[], row: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, name] of header.entries()) {
    const cell = row[index] ?? '';
    if (cell === '') continue;
    const value = cell === '#N/A' ? null : cell;
    const [relation = '', target] = name.split('.');
    if (target === undefined) values[name] = value;
    else values[relation.replace(/^.*:/, '')] = value === null ? null : { [target]: value };
  }
  return values;
}

function take(values: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(values).find((each) => each.toLowerCase() === name.toLowerCase());
  if (key === undefined) return undefined;
  const value = values[key];
  delete values[key];
  return value;
}

function idOf(info: ObjectInfo, value: unknown): string {
  if (typeof value !== 'string')
    throw apiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
  const id = toId18(value);
  if (id === null) throw malformedId(value);
  if (id.slice(0, 3) !== info.def.keyPrefix) throw apiError(400, 'MALFORMED_ID', 'Id not of the right type');
  return id;
}

function runRow(ctx: WriteContext, info: ObjectInfo, job: Job, values: Record<string, unknown>): RowResult {
  const source = 'text' as const;
  if (job.operation === 'insert') {
    return { id: createRecord(ctx, info, { values, source }).Id, created: true };
  }
  if (job.operation === 'delete' || job.operation === 'hardDelete') {
    const id = idOf(info, take(values, 'Id'));
    deleteRecord(ctx, info, id);
    if (job.operation === 'hardDelete') ctx.org.remove(info.def.name, id);
    return { id, created: false };
  }
  if (job.operation === 'update') {
    const id = idOf(info, take(values, 'Id'));
    return { id: updateRecord(ctx, info, id, { values, source }).Id, created: false };
  }
  return upsertRow(ctx, info, job, values);
}

function upsertRow(
  ctx: WriteContext,
  info: ObjectInfo,
  job: Job,
  values: Record<string, unknown>,
): RowResult {
  const source = 'text' as const;
  const def = info.byName.get((job.externalIdFieldName ?? 'Id').toLowerCase());
  if (def === undefined) throw apiError(400, 'INVALID_FIELD', 'No external id field');
  const key = take(values, def.name);
  if (def.type !== 'id') take(values, 'Id');
  if (key === undefined || key === null) {
    if (def.type !== 'id') throw apiError(400, 'MISSING_ARGUMENT', `${def.name} not specified`, []);
    return { id: createRecord(ctx, info, { values, source }).Id, created: true };
  }
  const table = ctx.org.table(info.def.name);
  const rows =
    def.type === 'id'
      ? [table.get(idOf(info, key))].filter((row) => row !== undefined)
      : table.rowsBy(def.name, coerce(def, key, 'text'));
  const [row] = rows;
  if (rows.length > 1) {
    const ids = rows.map((each) => each.Id).join(', ');
    const text = `${def.name}: more than one record found for external id field: [${ids}]`;
    throw apiError(400, 'DUPLICATE_EXTERNAL_ID', text, []);
  }
  if (row !== undefined) {
    return { id: updateRecord(ctx, info, row.Id, { values, source }).Id, created: false };
  }
  if (def.type === 'id') throw invalidCrossReference();
  return {
    id: createRecord(ctx, info, { values: { ...values, [def.name]: key }, source }).Id,
    created: true,
  };
}

/** `CODE:message:Field1,Field2 --` */
function errorText(error: ApiError): string {
  return error.entries
    .map(({ code, message, fields }) => `${code}:${message}:${(fields ?? []).join(',')} --`)
    .join(';');
}

function runAll(ctx: WriteContext, info: ObjectInfo, job: Job): Partial<Job> {
  const { header, rows } = readCsv(job);
  assertHeader(ctx.access, info, header);
  const successful: string[][] = [['sf__Id', 'sf__Created', ...header]];
  const failed: string[][] = [['sf__Id', 'sf__Error', ...header]];
  for (const row of rows) {
    const values = toValues(header, row);
    const given = toId18(String(values.Id ?? values.id ?? '')) ?? '';
    try {
      const result = runRow(ctx, info, job, values);
      const created = 'created' in result && result.created;
      successful.push([result.id, String(created), ...row]);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed.push([given, errorText(error), ...row]);
    }
  }
  return {
    successful: writeCsv(job, successful),
    failed: writeCsv(job, failed),
    unprocessed: writeCsv(job, [header]),
    processed: rows.length,
    failures: failed.length - 1,
  };
}

/** Brings a job to the state it is due for; the rows are written when it turns from InProgress to its end. */
export function advanceIngest(jobs: Jobs, job: Job): Job {
  let current = job;
  while (!hasEnded(current) && jobs.isDue(current)) {
    if (current.state === 'UploadComplete') {
      current = jobs.change(current, { state: 'InProgress', dueAt: (current.dueAt ?? 0) + stepOf(jobs) });
    } else if (current.state === 'InProgress') {
      current = finish(jobs, current);
    } else {
      break;
    }
  }
  return current;
}

const stepOf = (jobs: Jobs) => jobs.org.config.current.bulkStepMs;

function finish(jobs: Jobs, job: Job): Job {
  const access = jobs.accessOf(job.createdById);
  const info = access.object(job.object);
  const ctx: WriteContext = {
    org: jobs.org,
    access,
    userId: job.createdById,
    version: job.version,
    options: { autoAssign: job.assignmentRuleId ?? false, allowSave: false, includeRecordDetails: false },
  };
  const ended = { dueAt: null, data: null };
  try {
    if (info === null)
      throw apiError(400, 'INVALIDENTITY', `Entity '${job.object}' is not supported by the Bulk API`);
    const result = jobs.org.store.batch(() => runAll(ctx, info, job));
    return jobs.change(job, { ...ended, ...result, state: 'JobComplete' });
  } catch (error) {
    const reason = error instanceof ApiError ? error.entries[0] : undefined;
    const message = error instanceof Error ? error.message : String(error);
    const errorMessage =
      reason === undefined ? `InvalidBatch : ${message}` : `${reason.code} : ${reason.message}`;
    return jobs.change(job, { ...ended, state: 'Failed', errorMessage, unprocessed: job.data ?? '' });
  }
}

/** Lets the job run by itself, whether or not somebody polls. */
export function scheduleIngest(jobs: Jobs, job: Job): void {
  const tick = () => {
    const found = jobs.all('V2Ingest').find((each) => each.id === job.id);
    if (found === undefined) return;
    if (!hasEnded(advanceIngest(jobs, found))) jobs.org.clock.after(stepOf(jobs), tick);
  };
  jobs.org.clock.after(stepOf(jobs), tick);
}
