import { ApiError, invalid, missingField, notFound } from '../http/errors.ts';
import { type Answer, type Call, created, inputsOf, noContent, ok, type Route } from '../http/router.ts';
import type { ObjectType } from '../objects/object-types.ts';
import type { Portal } from '../portal.ts';
import { createProperty } from '../properties/define.ts';

interface Labels {
  singular?: string;
  plural?: string;
}

interface AssociationDefinition {
  id: string;
  fromObjectTypeId: string;
  toObjectTypeId: string;
  name: string;
  createdAt: string;
  updatedAt: string;
}

interface Schema {
  typeId: string;
  name: string;
  labels: Labels;
  description?: string;
  requiredProperties: string[];
  searchableProperties: string[];
  primaryDisplayProperty?: string;
  secondaryDisplayProperties: string[];
  associations: AssociationDefinition[];
  createdAt: string;
  updatedAt: string;
  createdByUserId: number;
  archived: boolean;
}

interface Egg extends Partial<Omit<Schema, 'associations'>> {
  properties?: Record<string, unknown>[];
  associatedObjects?: string[];
}

const BASE = '/crm-object-schemas/v3/schemas';
const schemasOf = (portal: Portal) => portal.collection<Schema>('schemas');

function find(portal: Portal, name: string): Schema {
  const wanted = name.toLowerCase();
  const all = [...schemasOf(portal).values()].filter((schema) => !schema.archived);
  const found = all.find((schema) =>
    [schema.typeId, schema.name, qualified(portal, schema)].includes(wanted),
  );
  if (!found) throw notFound(`Unable to find object schema ${name}`);
  return found;
}

const qualified = (portal: Portal, schema: Schema) => `p${portal.id}_${schema.name}`;

function bare(portal: Portal, schema: Schema) {
  const { typeId, associations: _, ...rest } = schema;
  return {
    ...{ ...rest, id: typeId, objectTypeId: typeId, portalId: portal.id },
    ...{ fullyQualifiedName: qualified(portal, schema), updatedByUserId: schema.createdByUserId },
  };
}

function present(portal: Portal, schema: Schema) {
  const properties = portal.hasType(schema.typeId)
    ? [...portal.objects(schema.typeId).properties.values()]
    : [];
  return { ...bare(portal, schema), properties, associations: schema.associations };
}

async function create(call: Call): Promise<Answer> {
  const { portal } = call;
  const egg = await call.json<Egg>();
  for (const name of ['name', 'labels', 'requiredProperties', 'properties', 'associatedObjects'] as const) {
    if (egg[name] === undefined) throw missingField(name);
  }
  const name = String(egg.name).toLowerCase();
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw invalid(`The object name ${egg.name} is invalid`);
  if ([...schemasOf(portal).values()].some((schema) => schema.name === name && !schema.archived)) {
    throw new ApiError(409, `Object type with name ${name} already exists`, { category: 'CONFLICT' });
  }
  const typeId = `2-${portal.nextNumber('objectTypes', 147_001)}`;
  portal.addType(customType(typeId, name, egg.labels ?? {}));
  const store = portal.objects(typeId);
  for (const property of egg.properties ?? []) {
    createProperty(
      store,
      { groupName: [...store.groups.keys()][0], ...property },
      String(call.session.userId),
    );
  }
  const at = portal.world.clock.iso();
  const schema: Schema = {
    ...{ typeId, name, labels: egg.labels ?? {}, description: egg.description ?? '' },
    ...{
      requiredProperties: egg.requiredProperties ?? [],
      searchableProperties: egg.searchableProperties ?? [],
    },
    ...(egg.primaryDisplayProperty ? { primaryDisplayProperty: egg.primaryDisplayProperty } : {}),
    secondaryDisplayProperties: egg.secondaryDisplayProperties ?? [],
    ...{ createdAt: at, updatedAt: at, createdByUserId: call.session.userId, archived: false },
    associations: (egg.associatedObjects ?? []).map((other) => associate(portal, typeId, name, other)),
  };
  schemasOf(portal).set(typeId, schema);
  return created(present(portal, schema));
}

function customType(id: string, name: string, labels: Labels): ObjectType {
  return {
    ...{ id, plural: name, singular: name, upper: name.toUpperCase(), label: labels.singular ?? name },
    ...{ labelPlural: labels.plural ?? name, modified: 'hs_lastmodifieddate', firstId: 40_100_000_001 },
    ...{ defaults: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'], custom: true },
  };
}

function associate(portal: Portal, typeId: string, name: string, other: string): AssociationDefinition {
  const { type } = portal.objects(other);
  const link = portal.associations.defaultType(typeId, type.id);
  const at = portal.world.clock.iso();
  return {
    ...{ id: String(link.typeId), fromObjectTypeId: typeId, toObjectTypeId: type.id },
    ...{ name: `${name}_to_${type.singular}`, createdAt: at, updatedAt: at },
  };
}

function list(call: Call): Answer {
  const archived = call.query.get('archived') === 'true';
  const found = [...schemasOf(call.portal).values()].filter((schema) => schema.archived === archived);
  return ok({ results: found.map((schema) => present(call.portal, schema)) });
}

async function batchRead(call: Call): Promise<Answer> {
  const inputs = inputsOf<string>(await call.json());
  const found = inputs.map((name) => find(call.portal, String(name)));
  return ok({ results: found.map((schema) => present(call.portal, schema)) });
}

async function update(call: Call): Promise<Answer> {
  const schema = find(call.portal, call.params.objectType ?? '');
  const body = await call.json<Egg>();
  const changes: Partial<Schema> = {};
  if (body.labels) changes.labels = { ...schema.labels, ...body.labels };
  if (body.description !== undefined) changes.description = body.description;
  if (body.requiredProperties) changes.requiredProperties = body.requiredProperties;
  if (body.searchableProperties) changes.searchableProperties = body.searchableProperties;
  if (body.primaryDisplayProperty) changes.primaryDisplayProperty = body.primaryDisplayProperty;
  if (body.secondaryDisplayProperties) changes.secondaryDisplayProperties = body.secondaryDisplayProperties;
  const next = { ...schema, ...changes, updatedAt: call.portal.world.clock.iso() };
  schemasOf(call.portal).set(schema.typeId, next);
  return ok(bare(call.portal, next));
}

function remove(call: Call): Answer {
  const schema = find(call.portal, call.params.objectType ?? '');
  const live = [...call.portal.objects(schema.typeId).records.values()].some(
    (each) => each.archivedAt === undefined,
  );
  if (live) throw invalid('The object type still has records. Delete them first.');
  schemasOf(call.portal).set(schema.typeId, { ...schema, archived: true });
  call.portal.removeType(schema.typeId);
  return noContent();
}

async function addAssociation(call: Call): Promise<Answer> {
  const schema = find(call.portal, call.params.objectType ?? '');
  const body = await call.json<{ toObjectTypeId?: string; name?: string }>();
  if (body.toObjectTypeId === undefined) throw missingField('toObjectTypeId');
  const made = associate(call.portal, schema.typeId, schema.name, body.toObjectTypeId);
  const association = body.name ? { ...made, name: body.name } : made;
  schemasOf(call.portal).set(schema.typeId, {
    ...schema,
    associations: [...schema.associations, association],
  });
  return created(association);
}

function removeAssociation(call: Call): Answer {
  const schema = find(call.portal, call.params.objectType ?? '');
  const { associationIdentifier = '' } = call.params;
  const kept = schema.associations.filter((each) => ![each.id, each.name].includes(associationIdentifier));
  if (kept.length === schema.associations.length)
    throw notFound(`No association ${associationIdentifier} exists`);
  schemasOf(call.portal).set(schema.typeId, { ...schema, associations: kept });
  return noContent();
}

const READ = ['crm.schemas.custom.read'];
const WRITE = ['crm.schemas.custom.write'];

export const schemaRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, scopes: READ, handler: list },
  { method: 'POST', path: BASE, scopes: WRITE, handler: create },
  { method: 'POST', path: `${BASE}/batch/read`, scopes: READ, handler: batchRead },
  {
    ...{ method: 'GET', path: `${BASE}/{objectType}`, scopes: READ },
    handler: (call) => ok(present(call.portal, find(call.portal, call.params.objectType ?? ''))),
  },
  { method: 'PATCH', path: `${BASE}/{objectType}`, scopes: WRITE, handler: update },
  { method: 'DELETE', path: `${BASE}/{objectType}`, scopes: WRITE, handler: remove },
  { method: 'POST', path: `${BASE}/{objectType}/associations`, scopes: WRITE, handler: addAssociation },
  {
    ...{ method: 'DELETE', path: `${BASE}/{objectType}/associations/{associationIdentifier}` },
    ...{ scopes: WRITE, handler: removeAssociation },
  },
];
