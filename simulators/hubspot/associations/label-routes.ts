import { ApiError, batchError, invalid, missingField, notFound } from '../http/errors.ts';
import { type Answer, type Call, inputsOf, noContent, ok, type Route } from '../http/router.ts';
import { objectScopes } from '../objects/routes.ts';
import type { AssociationType } from './types.ts';

interface LabelInput {
  name?: unknown;
  label?: unknown;
  inverseLabel?: unknown;
  associationTypeId?: unknown;
}

interface LimitInput {
  category?: string;
  typeId?: number;
  maxToObjectIds?: number;
}

const from = (call: Call) => call.portal.objects(call.params.fromObjectType ?? '').type.id;
const to = (call: Call) => call.portal.objects(call.params.toObjectType ?? '').type.id;
const present = ({ category, typeId, label }: AssociationType) => ({ category, typeId, label });

function list(call: Call): Answer {
  return ok({ results: call.portal.associations.types(from(call), to(call)).map(present) });
}

async function create(call: Call): Promise<Answer> {
  const { name, label, inverseLabel } = await call.json<LabelInput>();
  if (typeof name !== 'string') throw missingField('name');
  if (typeof label !== 'string') throw missingField('label');
  const { associations } = call.portal;
  const [a, b] = [from(call), to(call)];
  if (associations.types(a, b).some((type) => type.label === label || type.name === name)) {
    throw invalid(`An association label named ${label} already exists between these objects.`);
  }
  const typeId = call.portal.nextNumber('associationTypes', 1_001);
  const paired = typeof inverseLabel === 'string' && inverseLabel !== label;
  const inverse = a === b && !paired ? typeId : call.portal.nextNumber('associationTypes', 1_001);
  const common = { category: 'USER_DEFINED', name };
  const back = typeof inverseLabel === 'string' ? inverseLabel : label;
  const there = { ...common, typeId, inverse, label, fromTypeId: a, toTypeId: b };
  associations.addType(there);
  const results = [present(there)];
  if (inverse !== typeId) {
    const other = { ...common, typeId: inverse, inverse: typeId, label: back, fromTypeId: b, toTypeId: a };
    associations.addType(other);
    results.push(present(other));
  }
  return ok({ results });
}

function own(call: Call, typeId: number): AssociationType {
  const type = call.portal.associations
    .customTypes()
    .find((each) => each.typeId === typeId && each.label !== null);
  if (!type) throw notFound(`No association label exists with the type id ${typeId}`);
  return type;
}

async function update(call: Call): Promise<Answer> {
  const { label, inverseLabel, associationTypeId } = await call.json<LabelInput>();
  if (typeof label !== 'string') throw missingField('label');
  const type = own(call, Number(associationTypeId));
  call.portal.associations.addType({ ...type, label });
  const back = call.portal.associations.type(type.inverse);
  if (back && back.typeId !== type.typeId && typeof inverseLabel === 'string') {
    call.portal.associations.addType({ ...back, label: inverseLabel });
  }
  return noContent();
}

function remove(call: Call): Answer {
  const type = own(call, Number(call.params.associationTypeId));
  for (const typeId of [type.typeId, type.inverse]) call.portal.associations.removeType(typeId);
  return noContent();
}

interface Limit {
  typeId: number;
  category: string;
  max: number;
  pair: string;
}

const limitsOf = (call: Call) => call.portal.collection<Limit>('associationLimits');

function presentLimit(call: Call, { typeId, category, max }: Limit) {
  const label = call.portal.associations.type(typeId)?.label;
  return { typeId, category, userEnforcedMaxToObjectIds: max, ...(label ? { label } : {}) };
}

function limits(call: Call): Answer {
  const pair = call.params.fromObjectType === undefined ? undefined : `${from(call)}/${to(call)}`;
  const found = [...limitsOf(call).values()].filter((limit) => pair === undefined || limit.pair === pair);
  return ok({ results: found.map((limit) => presentLimit(call, limit)) });
}

async function saveLimits(call: Call, success: number): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsOf<LimitInput>(await call.json())) {
    try {
      const type = call.portal.associations
        .types(from(call), to(call))
        .find((each) => each.typeId === input.typeId);
      if (!type) throw invalid(`No association type ${input.typeId} exists between these objects`);
      if (!Number.isInteger(input.maxToObjectIds)) throw missingField('maxToObjectIds');
      const pair = `${from(call)}/${to(call)}`;
      const limit = { typeId: type.typeId, category: type.category, max: Number(input.maxToObjectIds), pair };
      limitsOf(call).set(`${pair}/${type.typeId}`, limit);
      results.push(presentLimit(call, limit));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(batchError(error, { typeId: [String(input.typeId)] }));
    }
  }
  const body = { status: 'COMPLETE', results, startedAt, completedAt: call.portal.world.clock.iso() };
  if (errors.length === 0) return { status: success, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

async function purgeLimits(call: Call): Promise<Answer> {
  for (const { typeId } of inputsOf<LimitInput>(await call.json())) {
    limitsOf(call).delete(`${from(call)}/${to(call)}/${typeId}`);
  }
  return noContent();
}

const LABELS = '/crm/v4/associations/{fromObjectType}/{toObjectType}/labels';
const LIMITS = '/crm/v4/associations/definitions/configurations';
const PAIR = `${LIMITS}/{fromObjectType}/{toObjectType}`;
const reads = (call: Call) => objectScopes(call, call.params.fromObjectType ?? '', 'read');
const writes = (call: Call) => objectScopes(call, call.params.fromObjectType ?? '', 'write');

export const labelRoutes: readonly Route[] = [
  { method: 'GET', path: LABELS, scopes: reads, handler: list },
  { method: 'POST', path: LABELS, scopes: writes, handler: create },
  { method: 'PUT', path: LABELS, scopes: writes, handler: update },
  { method: 'DELETE', path: `${LABELS}/{associationTypeId}`, scopes: writes, handler: remove },
  { method: 'GET', path: `${LIMITS}/all`, scopes: ['crm.objects.contacts.read'], handler: limits },
  { method: 'GET', path: PAIR, scopes: reads, handler: limits },
  { method: 'POST', path: `${PAIR}/batch/create`, scopes: writes, handler: (call) => saveLimits(call, 201) },
  { method: 'POST', path: `${PAIR}/batch/update`, scopes: writes, handler: (call) => saveLimits(call, 200) },
  { method: 'POST', path: `${PAIR}/batch/purge`, scopes: writes, handler: purgeLimits },
];
