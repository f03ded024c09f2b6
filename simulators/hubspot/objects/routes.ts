import { applyAssociations } from '../associations/inputs.ts';
import { missingField } from '../http/errors.ts';
import { type Call, created, intParam, listParam, noContent, ok, type Route } from '../http/router.ts';
import { batchArchive, batchCreate, batchRead, batchUpdate, batchUpsert } from './batch.ts';
import { guardWrite } from './guard.ts';
import { gdprDelete, mergeRecords } from './merge.ts';
import { listRecords, locate, present, presentWritten, viewOf } from './read.ts';
import { search } from './search.ts';
import { archiveRecord, createRecord, updateRecord } from './write.ts';

/** The scopes of an object type, such as `crm.objects.contacts.read`. */
export function objectScopes(call: Call, objectType: string, right: 'read' | 'write'): string[] {
  const { type } = call.portal.objects(objectType);
  if (type.custom) return [`crm.objects.custom.${right}`];
  const withOwn = ['contacts', 'companies', 'deals', 'line_items', 'products'];
  if (type.plural === 'tickets') return ['tickets'];
  // Engagements are covered by the scopes of contacts.
  return [`crm.objects.${withOwn.includes(type.plural) ? type.plural : 'contacts'}.${right}`];
}

const reads = (call: Call) => objectScopes(call, call.params.objectType ?? '', 'read');
const writes = (call: Call) => objectScopes(call, call.params.objectType ?? '', 'write');
const storeOf = (call: Call) => call.portal.objects(call.params.objectType ?? '');
const BASE = '/crm/v3/objects/{objectType}';

async function create(call: Call) {
  const store = storeOf(call);
  const body = await call.json<{
    properties?: unknown;
    associations?: unknown;
    objectWriteTraceId?: string;
  }>();
  if (body.properties === undefined) throw missingField('properties');
  guardWrite(call, store, body.properties);
  const record = createRecord(store, body.properties, call.session.source);
  applyAssociations(store, record.id, body.associations, call.session.source);
  const trace = body.objectWriteTraceId ? { objectWriteTraceId: body.objectWriteTraceId } : {};
  return created({ ...presentWritten(store, record), ...trace });
}

async function update(call: Call) {
  const store = storeOf(call);
  const body = await call.json<{ properties?: unknown; objectWriteTraceId?: string }>();
  if (body.properties === undefined) throw missingField('properties');
  const record = locate(store, call.params.id ?? '', call.query.get('idProperty'));
  guardWrite(call, store, body.properties);
  const { record: saved } = updateRecord(store, record, body.properties, call.session.source);
  const trace = body.objectWriteTraceId ? { objectWriteTraceId: body.objectWriteTraceId } : {};
  return ok({ ...presentWritten(store, saved, Object.keys(Object(body.properties))), ...trace });
}

function list(call: Call) {
  const withHistory = listParam(call.query, 'propertiesWithHistory').length > 0;
  const limit = intParam(call.query, 'limit', { fallback: 10, max: withHistory ? 50 : 100 });
  return ok(listRecords(call, storeOf(call), limit));
}

function read(call: Call) {
  const store = storeOf(call);
  const archived = call.query.get('archived') === 'true';
  const record = locate(store, call.params.id ?? '', call.query.get('idProperty'), archived);
  return ok(present(store, record, viewOf(call)));
}

export const objectRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, scopes: reads, handler: list },
  { method: 'POST', path: BASE, scopes: writes, handler: create },
  { method: 'GET', path: `${BASE}/{id}`, scopes: reads, handler: read },
  { method: 'PATCH', path: `${BASE}/{id}`, scopes: writes, handler: update },
  {
    ...{ method: 'DELETE', path: `${BASE}/{id}`, scopes: writes },
    handler: (call) => {
      archiveRecord(storeOf(call), call.params.id ?? '', call.session.source);
      return noContent();
    },
  },
  {
    method: 'POST',
    path: `${BASE}/batch/read`,
    scopes: reads,
    handler: (call) => batchRead(call, storeOf(call)),
  },
  {
    method: 'POST',
    path: `${BASE}/batch/create`,
    scopes: writes,
    handler: (c) => batchCreate(c, storeOf(c)),
  },
  {
    method: 'POST',
    path: `${BASE}/batch/update`,
    scopes: writes,
    handler: (c) => batchUpdate(c, storeOf(c)),
  },
  {
    method: 'POST',
    path: `${BASE}/batch/upsert`,
    scopes: writes,
    handler: (c) => batchUpsert(c, storeOf(c)),
  },
  {
    method: 'POST',
    path: `${BASE}/batch/archive`,
    scopes: writes,
    handler: (c) => batchArchive(c, storeOf(c)),
  },
  {
    ...{ method: 'POST', path: `${BASE}/search`, scopes: reads },
    handler: async (call) => ok(search(storeOf(call), await call.json(), call.session.scopes)),
  },
  { method: 'POST', path: `${BASE}/merge`, scopes: writes, handler: mergeRecords },
  { method: 'POST', path: `${BASE}/gdpr-delete`, scopes: writes, handler: gdprDelete },
];
