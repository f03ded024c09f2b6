import { ApiError, invalid, missingField, notFound } from '../http/errors.ts';
import { type Answer, type Call, created, noContent, ok } from '../http/router.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { PropertyGroup } from '../objects/types.ts';

const storeOf = (call: Call) => call.portal.objects(call.params.objectType ?? '');

function find(store: ObjectStore, name: string): PropertyGroup {
  const group = store.groups.get(name);
  if (group && !group.archived) return group;
  throw notFound(`No property group exists with name "${name}"`, {
    subCategory: 'Properties.GROUP_NOT_FOUND',
  });
}

export function listGroups(call: Call): Answer {
  return ok({ results: [...storeOf(call).groups.values()].filter((group) => !group.archived) });
}

export function readGroup(call: Call): Answer {
  return ok(find(storeOf(call), call.params.name ?? ''));
}

export async function createGroup(call: Call): Promise<Answer> {
  const store = storeOf(call);
  const input = await call.json<Partial<PropertyGroup>>();
  if (typeof input.name !== 'string') throw missingField('name');
  if (typeof input.label !== 'string') throw missingField('label');
  const known = store.groups.get(input.name);
  if (known && !known.archived) {
    throw new ApiError(409, `A property group named '${input.name}' already exists.`, {
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.GROUP_ALREADY_EXISTS',
    });
  }
  const { name, label, displayOrder = -1 } = input;
  const group = { name, label, displayOrder, archived: false };
  store.saveGroup(group);
  return created(group);
}

export async function updateGroup(call: Call): Promise<Answer> {
  const store = storeOf(call);
  const group = find(store, call.params.name ?? '');
  const { label, displayOrder } = await call.json<Partial<PropertyGroup>>();
  const next = { ...group, label: label ?? group.label, displayOrder: displayOrder ?? group.displayOrder };
  store.saveGroup(next);
  return ok(next);
}

export function deleteGroup(call: Call): Answer {
  const store = storeOf(call);
  const group = find(store, call.params.name ?? '');
  const used = [...store.properties.values()].some((each) => !each.archived && each.groupName === group.name);
  if (used) throw invalid(`Property group "${group.name}" still holds properties and cannot be archived`);
  store.saveGroup({ ...group, archived: true });
  return noContent();
}
