import { ApiError, batchError, invalid, missingField, recordNotFound } from '../http/errors.ts';
import { type Answer, type Call, inputsOf, noContent, type Route } from '../http/router.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { objectScopes } from '../objects/routes.ts';
import type { AssociationType } from './types.ts';

interface Triple {
  from?: { id?: unknown };
  to?: { id?: unknown };
  type?: unknown;
}

const BASE = '/crm/v3/associations/{fromObjectType}/{toObjectType}/batch';
const from = (call: Call) => call.portal.objects(call.params.fromObjectType ?? '');
const to = (call: Call) => call.portal.objects(call.params.toObjectType ?? '');

/** The v3 name of a type: `contact_to_company`, with the label's type id behind it when it has one. */
function nameOf(a: ObjectStore, b: ObjectStore, type: AssociationType): string {
  const plain = `${a.type.singular}_to_${b.type.singular}`;
  if (type.label === null) return plain;
  return type.primary ? `${plain}_primary` : (type.name ?? `${plain}_${type.typeId}`);
}

function typeNamed(a: ObjectStore, b: ObjectStore, name: unknown): AssociationType {
  const types = [a.portal.associations.defaultType(a.type.id, b.type.id)];
  types.push(...a.portal.associations.types(a.type.id, b.type.id));
  const found = types.find((type) => nameOf(a, b, type) === name || String(type.typeId) === String(name));
  if (!found)
    throw invalid(`${name} is not a valid association type between ${a.type.plural} and ${b.type.plural}`);
  return found;
}

function parse(a: ObjectStore, b: ObjectStore, input: Triple) {
  if (input?.from?.id === undefined || input.to?.id === undefined) throw missingField('from, to');
  const type = typeNamed(a, b, input.type);
  const [fromRecord, toRecord] = [a.find(String(input.from.id)), b.find(String(input.to.id))];
  if (!fromRecord || !toRecord) throw recordNotFound();
  return { type, fromId: fromRecord.id, toId: toRecord.id };
}

async function batch<T>(call: Call, success: number, work: (input: T) => unknown[]): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsOf<T>(await call.json(), 1_000)) {
    try {
      results.push(...work(input));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(batchError(error, { input: [JSON.stringify(input)] }));
    }
  }
  const body = { status: 'COMPLETE', results, startedAt, completedAt: call.portal.world.clock.iso() };
  if (errors.length === 0) return { status: success, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

const create = (call: Call) =>
  batch<Triple>(call, 201, (input) => {
    const [a, b] = [from(call), to(call)];
    const { type, fromId, toId } = parse(a, b, input);
    const { associations } = call.portal;
    const before = associations.links(a.type.id, fromId, b.type.id, toId);
    associations.set([a.type.id, fromId], [b.type.id, toId], [...before, type.typeId], call.session.source);
    const back = associations.type(type.inverse) ?? type;
    // The answer lists both directions.
    return [
      { from: { id: fromId }, to: { id: toId }, type: nameOf(a, b, type) },
      { from: { id: toId }, to: { id: fromId }, type: nameOf(b, a, back) },
    ];
  });

const read = (call: Call) =>
  batch<{ id?: unknown }>(call, 200, (input) => {
    if (input?.id === undefined) throw missingField('id');
    const [a, b] = [from(call), to(call)];
    const record = a.find(String(input.id));
    const linked = record ? call.portal.associations.of(a.type.id, record.id, b.type.id) : [];
    if (linked.length === 0) {
      throw new ApiError(404, `No ${b.type.singular} is associated with ${a.type.singular} ${input.id}.`, {
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
      });
    }
    const others = linked.flatMap(({ toId, links }) =>
      links.flatMap((link) => {
        const type = call.portal.associations.type(link);
        return type ? [{ id: toId, type: nameOf(a, b, type) }] : [];
      }),
    );
    return [{ from: { id: String(input.id) }, to: others }];
  });

async function archive(call: Call): Promise<Answer> {
  const [a, b] = [from(call), to(call)];
  for (const input of inputsOf<Triple>(await call.json(), 1_000)) {
    const { type, fromId, toId } = parse(a, b, input);
    const before = call.portal.associations.links(a.type.id, fromId, b.type.id, toId);
    const kept = type.label === null ? [] : before.filter((link) => link !== type.typeId);
    call.portal.associations.set([a.type.id, fromId], [b.type.id, toId], kept, call.session.source);
  }
  return noContent();
}

const reads = (call: Call) => objectScopes(call, call.params.fromObjectType ?? '', 'read');
const writes = (call: Call) => objectScopes(call, call.params.fromObjectType ?? '', 'write');

export const associationV3Routes: readonly Route[] = [
  { method: 'POST', path: `${BASE}/create`, scopes: writes, handler: create },
  { method: 'POST', path: `${BASE}/read`, scopes: reads, handler: read },
  { method: 'POST', path: `${BASE}/archive`, scopes: writes, handler: archive },
];
