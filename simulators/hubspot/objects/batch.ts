import { createRandom } from '#simulators/core/random.ts';
import { applyAssociations } from '../associations/inputs.ts';
import { ApiError, batchError, invalid, missingField, recordNotFound } from '../http/errors.ts';
import { type Answer, type Call, inputsOf } from '../http/router.ts';
import { guardWrite } from './guard.ts';
import type { ObjectStore } from './object-store.ts';
import { present, presentWritten, uniqueName, type View } from './read.ts';
import { validateValues } from './validate.ts';
import { alreadyExists, archiveRecord, createRecord, updateRecord } from './write.ts';

interface Input {
  id?: unknown;
  idProperty?: string;
  properties?: unknown;
  associations?: unknown;
  objectWriteTraceId?: string;
}

interface Failure {
  error: ApiError;
  context: Record<string, string[]>;
}

/** The order of a batch's results is not the order of its inputs: mixed on purpose, always the same way. */
const order = createRandom(20261114);

function batchAnswer(
  call: Call,
  startedAt: string,
  success: number,
  results: unknown[],
  failed: Failure[],
): Answer {
  const body = {
    status: 'COMPLETE',
    results: order.shuffle(results),
    startedAt,
    completedAt: call.portal.world.clock.iso(),
  };
  if (failed.length === 0) return { status: success, body };
  const errors = failed.map(({ error, context }) => batchError(error, context));
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

function idOf(input: Input): string {
  if (typeof input?.id !== 'string' && typeof input?.id !== 'number') throw missingField('id');
  return String(input.id);
}

function refuseRepeated(keys: string[]) {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw invalid(`Duplicate IDs found in batch input: [${key}]. IDs must be unique`);
    seen.add(key);
  }
}

const NOT_FOUND = 'Could not get some objects, they may be deleted or not exist. Check that ids are valid.';
const notFoundInBatch = () => new ApiError(404, NOT_FOUND, { category: 'OBJECT_NOT_FOUND' });

export async function batchRead(call: Call, store: ObjectStore): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const body = await call.json<{
    inputs?: Input[];
    properties?: string[];
    propertiesWithHistory?: string[];
    idProperty?: string;
  }>();
  const history = body.propertiesWithHistory ?? [];
  const ids = inputsOf<Input>(body, history.length > 0 ? 50 : 100).map(idOf);
  const name = body.idProperty ? uniqueName(store, body.idProperty) : undefined;
  const archived = call.query.get('archived') === 'true';
  const view: Partial<View> = { properties: body.properties ?? [], history, scopes: call.session.scopes };
  const missing: string[] = [];
  const results = new Map<string, unknown>();
  for (const id of new Set(ids)) {
    const record = name ? store.findBy(name, id) : store.find(id);
    if (!record || (record.archivedAt !== undefined) !== archived) missing.push(id);
    else results.set(record.id, present(store, record, view));
  }
  const failed = missing.length > 0 ? [{ error: notFoundInBatch(), context: { ids: missing } }] : [];
  return batchAnswer(call, startedAt, 200, [...results.values()], failed);
}

/** All or nothing, unless every input carries a trace id of its own. */
export async function batchCreate(call: Call, store: ObjectStore): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const inputs = inputsOf<Input>(await call.json());
  const traces = inputs.map((input) => input.objectWriteTraceId);
  const partial = traces.every((trace) => trace !== undefined) && new Set(traces).size === inputs.length;
  if (!partial) checkAll(call, store, inputs);
  const results: unknown[] = [];
  const failed: Failure[] = [];
  for (const input of inputs) {
    try {
      if (partial) guardWrite(call, store, input.properties);
      const record = createRecord(store, input.properties, call.session.source);
      applyAssociations(store, record.id, input.associations, call.session.source);
      results.push({ ...presentWritten(store, record), ...trace(input) });
    } catch (error) {
      if (!partial || !(error instanceof ApiError)) throw error;
      failed.push({ error, context: { objectWriteTraceId: [input.objectWriteTraceId ?? ''] } });
    }
  }
  return batchAnswer(call, startedAt, 201, results, failed);
}

/** Refuses the whole batch before anything is written. */
function checkAll(call: Call, store: ObjectStore, inputs: Input[]) {
  const emails = new Set<string>();
  for (const input of inputs) {
    guardWrite(call, store, input.properties);
    const { email } = validateValues(store, input.properties, undefined);
    if (store.type.id !== '0-1' || typeof email !== 'string') continue;
    const holder = store.findBy('email', email);
    if (holder) {
      throw alreadyExists(holder.id);
    }
    if (emails.has(email)) throw invalid(`Duplicate email address in batch input: ${email}`);
    emails.add(email);
  }
}

const trace = (input: Input) =>
  input.objectWriteTraceId ? { objectWriteTraceId: input.objectWriteTraceId } : {};

export async function batchUpdate(call: Call, store: ObjectStore): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const inputs = inputsOf<Input>(await call.json());
  refuseRepeated(inputs.map(idOf));
  const results: unknown[] = [];
  const failed: Failure[] = [];
  for (const input of inputs) {
    const id = idOf(input);
    try {
      // Unlike a single update, a batch does not follow the id of a record that was merged away.
      const record = input.idProperty
        ? store.findBy(uniqueName(store, input.idProperty), id)
        : store.records.get(id);
      if (!record || record.archivedAt !== undefined) throw recordNotFound();
      guardWrite(call, store, input.properties);
      const update = updateRecord(store, record, input.properties, call.session.source);
      results.push({
        ...presentWritten(store, update.record, Object.keys(Object(input.properties))),
        ...trace(input),
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const traced: Record<string, string[]> = {};
      if (input.objectWriteTraceId) traced.objectWriteTraceId = [input.objectWriteTraceId];
      failed.push({
        error: error.status === 404 ? notFoundInBatch() : error,
        context: { ids: [id], ...traced },
      });
    }
  }
  if (results.length === 0 && failed.length === 1 && inputs.length === 1) {
    const only = failed[0]?.error;
    if (only && only.status !== 404) throw only;
  }
  return batchAnswer(call, startedAt, 200, results, failed);
}

/** By `email` one bad input refuses the whole request; by another unique property each stands alone. */
export async function batchUpsert(call: Call, store: ObjectStore): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const inputs = inputsOf<Input>(await call.json());
  refuseRepeated(inputs.map((input) => `${input.idProperty ?? ''} ${idOf(input)}`));
  const whole = inputs.some((input) => input.idProperty === undefined || input.idProperty === 'email');
  if (whole) for (const input of inputs) checkUpsert(call, store, input);
  const results: unknown[] = [];
  const failed: Failure[] = [];
  for (const input of inputs) {
    try {
      results.push({ ...upsert(call, store, input), ...trace(input) });
    } catch (error) {
      if (whole || !(error instanceof ApiError)) throw error;
      failed.push({ error, context: { ids: [idOf(input)] } });
    }
  }
  return batchAnswer(call, startedAt, 200, results, failed);
}

function existing(store: ObjectStore, input: Input) {
  const { idProperty } = input;
  if (!idProperty) {
    const record = store.find(idOf(input));
    if (!record) throw recordNotFound();
    return record;
  }
  return store.findBy(uniqueName(store, idProperty), idOf(input));
}

function checkUpsert(call: Call, store: ObjectStore, input: Input) {
  const record = existing(store, input);
  const values = { ...upsertKey(record, input), ...Object(input.properties) };
  guardWrite(call, store, values);
  validateValues(store, values, record);
}

const upsertKey = (record: unknown, input: Input) =>
  record || !input.idProperty ? {} : { [input.idProperty]: idOf(input) };

function upsert(call: Call, store: ObjectStore, input: Input) {
  const { source } = call.session;
  const record = existing(store, input);
  guardWrite(call, store, { ...upsertKey(record, input), ...Object(input.properties) });
  if (record) {
    const update = updateRecord(store, record, input.properties ?? {}, source);
    return { ...presentWritten(store, update.record, Object.keys(Object(input.properties))), new: false };
  }
  const properties = { ...upsertKey(record, input), ...Object(input.properties) };
  return { ...presentWritten(store, createRecord(store, properties, source)), new: true };
}

export async function batchArchive(call: Call, store: ObjectStore): Promise<Answer> {
  const ids = inputsOf<Input>(await call.json()).map(idOf);
  for (const id of ids) archiveRecord(store, id, call.session.source);
  return { status: 204 };
}
