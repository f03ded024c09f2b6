import { ApiError, apiError, entityDeleted, malformedId, notFound } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { describeObject, describeSummary } from '../metadata/describe.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, SObject } from '../metadata/types.ts';
import { stampToMs } from '../records/dates.ts';
import { readRecord } from '../records/read.ts';
import { deleteRecord } from '../records/remove.ts';
import { createRecord, updateRecord } from '../records/save.ts';
import { coerce } from '../records/values.ts';
import { jsonBody, objectOf, writeContext } from './input.ts';
import { type ApiRequest, type ApiResponse, type Handler, type Route, route } from './types.ts';

const describeGlobal: Handler = (request) => {
  const { access, base } = request;
  const visible = access.schema.all().filter((info) => access.object(info.def.name) !== null);
  return {
    status: 200,
    body: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: visible.map((info) => describeSummary(access, info, base)),
    },
  };
};

const basicInfo: Handler = (request, { object = '' }) => {
  const info = objectOf(request, object);
  const objectDescribe = describeSummary(request.access, info, request.base);
  return { status: 200, body: { objectDescribe, recentItems: [] } };
};

const describe: Handler = (request, { object = '' }) => {
  const info = objectOf(request, object);
  const since = Date.parse(request.header('if-modified-since') ?? '');
  const at = Math.floor(request.org.describedAt / 1000) * 1000;
  const headers = { 'last-modified': new Date(at).toUTCString() };
  if (at <= since) return { status: 304, headers };
  return { status: 200, headers, body: describeObject(request.access, info, request.base) };
};

const create: Handler = (request, { object = '' }) => {
  const info = objectOf(request, object);
  return created(request, info, jsonBody(request));
};

function created(request: ApiRequest, info: ObjectInfo, values: Record<string, unknown>): ApiResponse {
  const row = createRecord(writeContext(request), info, {
    values,
    source: 'json',
    rawBody: request.body,
  });
  return {
    status: 201,
    headers: { location: `${request.base}/sobjects/${info.def.name}/${row.Id}` },
    body: { id: row.Id, success: true, errors: [] },
  };
}

/** The id in a path, checked for its form and its object. */
function pathId(info: ObjectInfo, id: string): string {
  const id18 = toId18(id);
  if (id18 === null) throw malformedId(id);
  if (id18.slice(0, 3) !== info.def.keyPrefix) {
    throw apiError(400, 'MALFORMED_ID', 'Id not of the right type');
  }
  return id18;
}

/** Fields asked for by name; unknown ones are refused. */
export function fieldsOf(request: ApiRequest, info: ObjectInfo, names: string[]): FieldDef[] {
  return names.map((name) => {
    const def = request.access.field(info, name);
    if (def !== null) return def;
    throw apiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${info.def.name}`);
  });
}

function shown(request: ApiRequest, info: ObjectInfo, row: SObject): ApiResponse {
  const wanted = request.query.get('fields');
  const names = wanted
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const defs = names === undefined ? request.access.fields(info) : fieldsOf(request, info, names);
  if (!defs.some((def) => def.name === 'Id') && names !== undefined) {
    const id = info.byName.get('id');
    if (id !== undefined) defs.push(id);
  }
  const modified = row.LastModifiedDate ?? row.SystemModstamp;
  const modifiedMs = typeof modified === 'string' ? stampToMs(modified) : null;
  const since = Date.parse(request.header('if-modified-since') ?? '');
  const headers: Record<string, string> =
    modifiedMs === null ? {} : { 'last-modified': new Date(modifiedMs).toUTCString() };
  if (modifiedMs !== null && modifiedMs <= since) return { status: 304, headers };
  return {
    status: 200,
    headers,
    body: readRecord(request.org, request.access, info, row, request.base, defs),
  };
}

const read: Handler = (request, { object = '', id = '' }) => {
  const info = objectOf(request, object);
  const row = request.org.table(info.def.name).visible(pathId(info, id));
  if (row === undefined || row.IsDeleted === true) throw notFound();
  return shown(request, info, row);
};

/** Refuses a path that names no record, or one in the bin. */
function assertRecord(request: ApiRequest, info: ObjectInfo, id: string): string {
  const id18 = pathId(info, id);
  const row = request.org.table(info.def.name).get(id18);
  if (row === undefined) throw notFound();
  if (row.IsDeleted === true) throw entityDeleted();
  return id18;
}

const update: Handler = (request, { object = '', id = '' }) => {
  const info = objectOf(request, object);
  const id18 = assertRecord(request, info, id);
  const values = jsonBody(request);
  if (Object.keys(values).some((key) => key.toLowerCase() === 'id')) {
    const text =
      'Unable to create/update fields: Id. Please check the security settings of this field and verify that ' +
      'it is read/write for your profile or permission set.';
    throw apiError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', text, ['Id']);
  }
  updateRecord(writeContext(request), info, id18, { values, source: 'json', rawBody: request.body });
  return { status: 204 };
};

const remove: Handler = (request, { object = '', id = '' }) => {
  const info = objectOf(request, object);
  deleteRecord(writeContext(request), info, assertRecord(request, info, id));
  return { status: 204 };
};

/** The field of a path that may serve as a key: an external id or another idLookup field. */
export function keyField(request: ApiRequest, info: ObjectInfo, name: string): FieldDef {
  const def = request.access.field(info, name);
  if (def === null || (!def.externalId && !def.idLookup)) {
    const text = `Provided external ID field does not exist or is not accessible: ${name}`;
    throw notFound(text);
  }
  return def;
}

/** Live records whose key has this value. */
export function rowsByKey(request: ApiRequest, info: ObjectInfo, def: FieldDef, value: unknown): SObject[] {
  const table = request.org.table(info.def.name);
  if (def.type === 'id') {
    const id = toId18(String(value));
    if (id === null) throw malformedId(String(value));
    const row = table.get(id);
    if (row?.IsDeleted === true) throw entityDeleted();
    return row === undefined ? [] : [row];
  }
  const key = coerce(def, value, 'text');
  const rows = table.rowsBy(def.name, key);
  return def.caseSensitive ? rows.filter((row) => row[def.name] === key) : rows;
}

function multipleChoices(request: ApiRequest, info: ObjectInfo, rows: SObject[]): ApiResponse {
  return { status: 300, body: rows.map((row) => `${request.base}/sobjects/${info.def.name}/${row.Id}`) };
}

const readByKey: Handler = (request, { object = '', field = '', value = '' }) => {
  const info = objectOf(request, object);
  const rows = rowsByKey(request, info, keyField(request, info, field), value);
  if (rows.length > 1) return multipleChoices(request, info, rows);
  const [row] = rows;
  if (row === undefined) throw notFound();
  return shown(request, info, row);
};

const upsert: Handler = (request, { object = '', field = '', value = '' }) => {
  const info = objectOf(request, object);
  const def = keyField(request, info, field);
  const values = jsonBody(request);
  const named = Object.keys(values).some((key) => key.toLowerCase() === def.name.toLowerCase());
  if (named || Object.keys(values).some((key) => key.toLowerCase() === 'id')) {
    const text = `The ${named ? def.name : 'Id'} field should not be specified in the sobject data.`;
    throw apiError(400, 'INVALID_FIELD', text, [named ? def.name : 'Id']);
  }
  const rows = rowsByKey(request, info, def, value);
  if (rows.length > 1) return multipleChoices(request, info, rows);
  const [row] = rows;
  if (row === undefined) {
    if (request.query.get('updateOnly') === 'true' || def.type === 'id') throw notFound();
    const response = created(request, info, { ...values, [def.name]: value });
    return { ...response, body: { ...(response.body as object), created: true } };
  }
  updateRecord(writeContext(request), info, row.Id, { values, source: 'json', rawBody: request.body });
  if (request.version < 46) return { status: 204 };
  return { status: 200, body: { id: row.Id, success: true, errors: [], created: false } };
};

const removeByKey: Handler = (request, { object = '', field = '', value = '' }) => {
  const info = objectOf(request, object);
  const rows = rowsByKey(request, info, keyField(request, info, field), value);
  if (rows.length > 1) return multipleChoices(request, info, rows);
  const [row] = rows;
  if (row === undefined) throw notFound();
  deleteRecord(writeContext(request), info, row.Id);
  return { status: 204 };
};

/** `POST …/sobjects/X/Id`: an upsert without a key always creates. */
const createByIdKey: Handler = (request, { object = '', field = '' }) => {
  if (field.toLowerCase() !== 'id') throw new ApiError(404, notFound().entries);
  const response = create(request, { object });
  return { ...response, body: { ...(response.body as object), created: true } };
};

export const sobjectRoutes: Route[] = [
  route('GET', 'sobjects', describeGlobal),
  route('GET', 'sobjects/:object', basicInfo),
  route('POST', 'sobjects/:object', create),
  route('GET', 'sobjects/:object/describe', describe),
  route('GET', 'sobjects/:object/:id', read),
  route('PATCH', 'sobjects/:object/:id', update),
  route('DELETE', 'sobjects/:object/:id', remove),
  route('POST', 'sobjects/:object/:field', createByIdKey),
  route('GET', 'sobjects/:object/:field/:value', readByKey),
  route('PATCH', 'sobjects/:object/:field/:value', upsert),
  route('DELETE', 'sobjects/:object/:field/:value', removeByKey),
];
