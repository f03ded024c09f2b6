import { ApiError, apiError, collectionFailure, invalidCrossReference, malformedId } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import { readRecord } from '../records/read.ts';
import { deleteRecord } from '../records/remove.ts';
import { createRecord, duplicateId, updateRecord } from '../records/save.ts';
import { isObject, type JsonObject, jsonBody, objectOf, writeContext } from './input.ts';
import { fieldsOf, keyField, rowsByKey } from './sobjects.ts';
import { type ApiRequest, type Handler, type Route, route } from './types.ts';

const MAX_RECORDS = 200;
const MAX_READ = 2000;
const MAX_CHUNKS = 10;

type Result = Record<string, unknown>;

const success = (id: string, extra: Result = {}): Result => ({ id, success: true, errors: [], ...extra });

const ROLLED_BACK = new ApiError(400, [
  {
    code: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    message:
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    fields: [],
  },
]);

class Rollback extends Error {}

/** Runs one step per item. With allOrNone one refusal takes everything back and marks the others. */
function runAll<T>(request: ApiRequest, items: T[], allOrNone: boolean, step: (item: T) => Result): Result[] {
  const results: Result[] = [];
  const attempt = () => {
    for (const item of items) {
      try {
        results.push(step(item));
      } catch (error) {
        if (!(error instanceof ApiError) || error.entries[0]?.code === 'JSON_PARSER_ERROR') throw error;
        results.push(collectionFailure(error));
      }
    }
    if (allOrNone && results.some((result) => result.success === false)) throw new Rollback();
  };
  try {
    request.org.transaction(attempt);
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    return results.map((result) => (result.success === true ? collectionFailure(ROLLED_BACK) : result));
  }
  return results;
}

function assertCount(count: number): void {
  if (count <= MAX_RECORDS) return;
  const text = `The number of records in the request (${count}) exceeds the maximum of ${MAX_RECORDS}`;
  throw apiError(400, 'INVALID_INPUT', text);
}

function recordsOf(body: JsonObject): JsonObject[] {
  const { records } = body;
  if (!Array.isArray(records)) {
    throw apiError(400, 'INVALID_INPUT', 'The request must contain an array of records');
  }
  assertCount(records.length);
  if (!records.every(isObject)) throw apiError(400, 'JSON_PARSER_ERROR', 'A record must be a JSON object');
  return records;
}

function typeOf(record: JsonObject): string {
  const { attributes } = record;
  if (isObject(attributes) && typeof attributes.type === 'string') return attributes.type;
  throw apiError(400, 'INVALID_INPUT', 'Each record must have its type in its attributes');
}

function assertChunks(records: JsonObject[]): void {
  let chunks = 0;
  let last = '';
  for (const record of records) {
    const type = typeOf(record).toLowerCase();
    if (type !== last) chunks++;
    last = type;
  }
  if (chunks <= MAX_CHUNKS) return;
  const text = `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`;
  throw apiError(400, 'INVALID_INPUT', text);
}

function infoOf(request: ApiRequest, record: JsonObject): ObjectInfo {
  const info = request.access.object(typeOf(record));
  if (info !== null) return info;
  const text = `sObject type '${typeOf(record)}' is not supported.`;
  throw apiError(400, 'INVALID_TYPE', text);
}

/** The record's values, and its id whatever the case of the key. */
function splitId(record: JsonObject): { id: unknown; values: JsonObject } {
  const values: JsonObject = {};
  let id: unknown;
  for (const [key, value] of Object.entries(record)) {
    if (key.toLowerCase() === 'id') id = value;
    else values[key] = value;
  }
  return { id, values };
}

const create: Handler = (request) => {
  const body = jsonBody(request);
  const records = recordsOf(body);
  assertChunks(records);
  const ctx = writeContext(request);
  const rawBody = request.body;
  const results = runAll(request, records, body.allOrNone === true, (record) =>
    success(createRecord(ctx, infoOf(request, record), { values: record, source: 'json', rawBody }).Id),
  );
  return { status: 200, body: results };
};

const update: Handler = (request) => {
  const body = jsonBody(request);
  const records = recordsOf(body);
  assertChunks(records);
  const ctx = writeContext(request);
  const seen = new Set<string>();
  const rawBody = request.body;
  const results = runAll(request, records, body.allOrNone === true, (record) => {
    const info = infoOf(request, record);
    const { id, values } = splitId(record);
    if (typeof id !== 'string' || id === '') {
      throw apiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
    }
    const id18 = toId18(id);
    if (id18 === null) throw malformedId(id);
    if (id18.slice(0, 3) !== info.def.keyPrefix) {
      throw apiError(400, 'MALFORMED_ID', 'Id not of the right type');
    }
    if (seen.has(id18)) throw duplicateId(id18);
    seen.add(id18);
    return success(updateRecord(ctx, info, id18, { values, source: 'json', rawBody }).Id);
  });
  return { status: 200, body: results };
};

const upsert: Handler = (request, { object = '', field = '' }) => {
  const info = objectOf(request, object);
  const def = keyField(request, info, field);
  const body = jsonBody(request);
  const records = recordsOf(body);
  const other = records.find((record) => typeOf(record).toLowerCase() !== info.def.name.toLowerCase());
  if (other !== undefined) {
    const text = `All records must be of the type ${info.def.name} for upsert by external id`;
    throw apiError(400, 'INVALID_INPUT', text);
  }
  const ctx = writeContext(request);
  const seen = new Set<string>();
  const rawBody = request.body;
  const results = runAll(request, records, body.allOrNone === true, (record) => {
    const entries = Object.entries(record);
    const key = entries.find(([name]) => name.toLowerCase() === def.name.toLowerCase())?.[1];
    const rest = Object.fromEntries(
      entries.filter(([name]) => !['id', def.name.toLowerCase()].includes(name.toLowerCase())),
    );
    const source = 'json' as const;
    if (key === undefined || key === null || key === '') {
      if (def.type !== 'id') {
        throw apiError(400, 'MISSING_ARGUMENT', `${def.name} not specified`, []);
      }
      return success(createRecord(ctx, info, { values: rest, source, rawBody }).Id, { created: true });
    }
    const folded = String(key).toLowerCase();
    if (seen.has(folded)) {
      throw apiError(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${String(key)}`, [def.name]);
    }
    seen.add(folded);
    const rows = rowsByKey(request, info, def, key);
    const [row] = rows;
    if (rows.length > 1) {
      const ids = rows.map((each) => each.Id).join(', ');
      const text = `${def.name}: more than one record found for external id field: [${ids}]`;
      throw apiError(400, 'DUPLICATE_EXTERNAL_ID', text, []);
    }
    if (row === undefined) {
      if (def.type === 'id') throw invalidCrossReference();
      const values = { ...rest, [def.name]: key };
      return success(createRecord(ctx, info, { values, source, rawBody }).Id, { created: true });
    }
    return success(updateRecord(ctx, info, row.Id, { values: rest, source, rawBody }).Id, { created: false });
  });
  return { status: 200, body: results };
};

const remove: Handler = (request) => {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw apiError(400, 'MISSING_ARGUMENT', 'The ids parameter is required');
  assertCount(ids.length);
  const ctx = writeContext(request);
  const seen = new Set<string>();
  const results = runAll(request, ids, request.query.get('allOrNone') === 'true', (id) => {
    const id18 = toId18(id);
    const info = id18 === null ? null : request.access.schema.byPrefix(id18);
    if (id18 === null) throw malformedId(id);
    if (info === null || !request.access.may(info, 'read')) throw invalidCrossReference();
    if (seen.has(id18)) throw duplicateId(id18);
    seen.add(id18);
    deleteRecord(ctx, info, id18);
    return success(id18);
  });
  return { status: 200, body: results };
};

function retrieve(request: ApiRequest, object: string, ids: string[], fields: string[], max: number) {
  const info = objectOf(request, object);
  if (ids.length > max) {
    throw apiError(400, 'INVALID_INPUT', `The number of ids (${ids.length}) exceeds the maximum of ${max}`);
  }
  const defs = fieldsOf(request, info, fields);
  const id = info.byName.get('id');
  if (id !== undefined && !defs.includes(id)) defs.push(id);
  const table = request.org.table(info.def.name);
  const body = ids.map((each) => {
    const id18 = toId18(each);
    if (id18 === null) throw malformedId(each);
    const row = table.visible(id18);
    if (row === undefined || row.IsDeleted === true) return null;
    return readRecord(request.org, request.access, info, row, request.base, defs);
  });
  return { status: 200, body };
}

const read: Handler = (request, { object = '' }) => {
  const { ids, fields } = jsonBody(request);
  if (!Array.isArray(ids) || !Array.isArray(fields)) {
    throw apiError(400, 'INVALID_INPUT', 'ids and fields are required');
  }
  return retrieve(request, object, ids.map(String), fields.map(String), MAX_READ);
};

const readByAddress: Handler = (request, { object = '' }) => {
  const split = (name: string) => (request.query.get(name) ?? '').split(',').filter((part) => part !== '');
  return retrieve(request, object, split('ids'), split('fields'), 800);
};

export const collectionRoutes: Route[] = [
  route('POST', 'composite/sobjects', create),
  route('PATCH', 'composite/sobjects', update),
  route('DELETE', 'composite/sobjects', remove),
  route('GET', 'composite/sobjects/:object', readByAddress),
  route('POST', 'composite/sobjects/:object', read),
  route('PATCH', 'composite/sobjects/:object/:field', upsert),
];
