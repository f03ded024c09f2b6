import { ApiError, batchError, invalid, missingField, notFound } from '../http/errors.ts';
import {
  type Answer,
  type Call,
  created,
  inputsOf,
  listParam,
  noContent,
  ok,
  type Route,
} from '../http/router.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { checkSensitiveWrite } from '../objects/sensitivity.ts';
import type { Property } from '../objects/types.ts';
import { createProperty, updateProperty } from './define.ts';
import { createGroup, deleteGroup, listGroups, readGroup, updateGroup } from './groups.ts';

const BASE = '/crm/v3/properties/{objectType}';
const storeOf = (call: Call) => call.portal.objects(call.params.objectType ?? '');

/** Object scopes also allow reading the definitions. */
function reads(call: Call): string[] {
  const { type } = storeOf(call);
  const name = type.custom ? 'custom' : type.plural;
  return [`crm.schemas.${name}.read`, `crm.objects.${name}.read`, `crm.objects.${name}.write`];
}

function writes(call: Call): string[] {
  const { type } = storeOf(call);
  return [`crm.schemas.${type.custom ? 'custom' : type.plural}.write`];
}

function propertyNotFound(name: string): ApiError {
  return notFound(`No property exists with name "${name}"`, {
    subCategory: 'Properties.PROPERTY_NOT_FOUND',
    context: { propertyName: [name] },
  });
}

/** Definitions of sensitive properties are read only by asking for their kind. */
const kindOf = (asked: unknown) => (typeof asked === 'string' && asked !== '' ? asked : 'non_sensitive');

function readable(store: ObjectStore, name: string, archived: boolean, kind: string): Property {
  const property = findProperty(store, name, archived);
  if (property.dataSensitivity !== kind) throw propertyNotFound(name);
  return property;
}

function create(call: Call, store: ObjectStore, input: Record<string, unknown>): Property {
  const { dataSensitivity } = input;
  if (dataSensitivity !== undefined && !KINDS.includes(String(dataSensitivity))) {
    throw invalid(`dataSensitivity must be one of [${KINDS.join(', ')}]`);
  }
  checkSensitiveWrite(call, store, [{ dataSensitivity: kindOf(dataSensitivity) }]);
  return createProperty(store, input, String(call.session.userId));
}

const KINDS = ['non_sensitive', 'sensitive', 'highly_sensitive'];

function findProperty(store: ObjectStore, name: string, archived = false): Property {
  const property = store.properties.get(name.toLowerCase());
  if (!property || (property.archived ?? false) !== archived) throw propertyNotFound(name);
  return property;
}

function list(call: Call): Answer {
  const archived = call.query.get('archived') === 'true';
  const names = listParam(call.query, 'properties');
  const kind = kindOf(call.query.get('dataSensitivity'));
  const all = [...storeOf(call).properties.values()].filter(
    (each) => (each.archived ?? false) === archived && each.dataSensitivity === kind,
  );
  return ok({ results: names.length > 0 ? all.filter((each) => names.includes(each.name)) : all });
}

function read(call: Call): Answer {
  const archived = call.query.get('archived') === 'true';
  const kind = kindOf(call.query.get('dataSensitivity'));
  return ok(readable(storeOf(call), call.params.name ?? '', archived, kind));
}

async function update(call: Call): Promise<Answer> {
  const store = storeOf(call);
  const property = findProperty(store, call.params.name ?? '');
  return ok(updateProperty(store, property, await call.json(), String(call.session.userId)));
}

function archive(store: ObjectStore, name: string) {
  const property = findProperty(store, name);
  if (!property.modificationMetadata.archivable) {
    throw invalid(`Property "${name}" is defined by HubSpot and cannot be archived`);
  }
  const at = store.portal.world.clock.iso();
  store.saveProperty({ ...property, archived: true, archivedAt: at, updatedAt: at });
}

async function batch(
  call: Call,
  success: number,
  work: (store: ObjectStore, input: Record<string, unknown>) => unknown,
): Promise<Answer> {
  const store = storeOf(call);
  const startedAt = call.portal.world.clock.iso();
  const inputs = inputsOf<Record<string, unknown>>(await call.json());
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      results.push(work(store, input));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(batchError(error, { name: [String(input.name)] }));
    }
  }
  const completedAt = call.portal.world.clock.iso();
  const body = { status: 'COMPLETE', results, startedAt, completedAt };
  if (errors.length === 0) return { status: success, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

function nameOf(input: Record<string, unknown>): string {
  if (typeof input.name !== 'string') throw missingField('name');
  return input.name;
}

async function batchRead(call: Call): Promise<Answer> {
  const { archived = false, dataSensitivity } = await call.json<{
    archived?: boolean;
    dataSensitivity?: unknown;
  }>();
  const kind = kindOf(dataSensitivity);
  return batch(call, 200, (store, input) => readable(store, nameOf(input), archived, kind));
}

async function batchArchive(call: Call): Promise<Answer> {
  const store = storeOf(call);
  const inputs = inputsOf<Record<string, unknown>>(await call.json());
  for (const input of inputs) {
    const property = store.property(nameOf(input));
    if (property) archive(store, property.name);
  }
  return noContent();
}

export const propertyRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, scopes: reads, handler: list },
  {
    ...{ method: 'POST', path: BASE, scopes: writes },
    handler: async (call) => created(create(call, storeOf(call), await call.json())),
  },
  { method: 'GET', path: `${BASE}/{name}`, scopes: reads, handler: read },
  { method: 'PATCH', path: `${BASE}/{name}`, scopes: writes, handler: update },
  {
    ...{ method: 'DELETE', path: `${BASE}/{name}`, scopes: writes },
    handler: (call) => {
      archive(storeOf(call), call.params.name ?? '');
      return noContent();
    },
  },
  { method: 'POST', path: `${BASE}/batch/read`, scopes: reads, handler: batchRead },
  {
    ...{ method: 'POST', path: `${BASE}/batch/create`, scopes: writes },
    handler: (call) => batch(call, 201, (store, input) => create(call, store, input)),
  },
  { method: 'POST', path: `${BASE}/batch/archive`, scopes: writes, handler: batchArchive },
  { method: 'GET', path: `${BASE}/groups`, scopes: reads, handler: listGroups },
  { method: 'POST', path: `${BASE}/groups`, scopes: writes, handler: createGroup },
  { method: 'GET', path: `${BASE}/groups/{name}`, scopes: reads, handler: readGroup },
  { method: 'PATCH', path: `${BASE}/groups/{name}`, scopes: writes, handler: updateGroup },
  { method: 'DELETE', path: `${BASE}/groups/{name}`, scopes: writes, handler: deleteGroup },
];
