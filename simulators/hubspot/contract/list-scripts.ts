import { PublicAndFilterBranchFilterBranchTypeEnum as And } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicAndFilterBranch.js';
import { PublicOrFilterBranchFilterBranchTypeEnum as Or } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicOrFilterBranch.js';
import { PublicPropertyFilterFilterTypeEnum as PropertyFilter } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicPropertyFilter.js';
import { expect } from 'vitest';
import { newContact, raw, type Scene, type Script } from './scene.ts';

const operation = {
  operationType: 'STRING',
  operator: 'CONTAINS',
  value: 'list',
  includeObjectsWithNoValueSet: false,
};
const filter = { filterType: PropertyFilter.Property, property: 'email', operation };
const and = { filterBranchType: And.And, filterBranchOperator: 'AND', filterBranches: [], filters: [filter] };
const filterBranch = {
  ...{ filterBranchType: Or.Or, filterBranchOperator: 'OR', filters: [], filterBranches: [and] },
};

async function definitions(scene: Scene) {
  const api = scene.client.crm.lists.listsApi;
  const base = { objectTypeId: '0-1', processingType: 'DYNAMIC' };
  // The client's models accept the filter only as instances of their classes: raw JSON, as the reference advises.
  const { list } = await raw<{ list: { listId: string } }>(scene, 'POST', '/crm/v3/lists/', {
    ...{ ...base, name: 'Contract', filterBranch },
  });
  await api.create({ name: 'By hand', objectTypeId: '0-1', processingType: 'MANUAL' });
  const read = await api.getById(list.listId, true);
  expect(read.list.filterBranch).toMatchObject({ filterBranches: [{ filters: [{ property: 'email' }] }] });
  await api.getAll([list.listId], false);
  await api.getByName('contract', '0-1', false);
  await api.doSearch({ query: 'contr', offset: 0, count: 20, additionalProperties: [] });
  await api.updateName(list.listId, 'Contract 2', false);
  await raw(scene, 'PUT', `/crm/v3/lists/${list.listId}/update-list-filters?enrollObjectsInWorkflows=false`, {
    filterBranch,
  });
  await api.scheduleOrUpdateConversion(list.listId, {
    ...{ conversionType: 'CONVERSION_DATE' as never, year: 2099, month: 1, day: 31 },
  });
  await api.getConversionDetails(list.listId);
  await api.cancelConversion(list.listId);
  await raw(
    scene,
    'GET',
    `/crm/v3/lists/${list.listId}/size-and-edits-history/between?startDate=2020-01-01T00:00:00Z&endDate=2099-01-01T00:00:00Z`,
  );
  await api.remove(list.listId);
  await api.restore(list.listId);
}

async function memberships(scene: Scene) {
  const api = scene.client.crm.lists;
  const [a, b] = [await newContact(scene, 'a@list.example'), await newContact(scene, 'b@list.example')];
  const make = async (name: string) =>
    (await api.listsApi.create({ name, objectTypeId: '0-1', processingType: 'MANUAL' })).list.listId;
  const [first, second] = [await make('Members'), await make('More members')];
  const added = await api.membershipsApi.add(first, [a, '1']);
  expect(added).toMatchObject({ recordsIdsAdded: [a], recordIdsMissing: ['1'] });
  await api.membershipsApi.addAndRemove(first, { recordIdsToAdd: [b], recordIdsToRemove: [a] });
  await api.membershipsApi.addAllFromList(second, first);
  const page = await api.membershipsApi.getPage(second, undefined, undefined, 100);
  expect(page.results.map((each) => each.recordId)).toEqual([b]);
  await api.membershipsApi.getPageOrderedByAddedToListDate(second, undefined, undefined, 100);
  const lists = await api.membershipsApi.getLists('0-1', b);
  expect(lists.results.map((each) => each.listId)).toContain(second);
  await raw(scene, 'POST', '/crm/v3/lists/records/memberships/batch/read', {
    inputs: [{ objectTypeId: '0-1', recordId: b }],
  });
  await api.membershipsApi.remove(first, [b]);
  await api.membershipsApi.removeAll(second);
}

async function folders(scene: Scene) {
  const api = scene.client.crm.lists;
  const { folder } = await api.foldersApi.create({ name: 'Campaigns' });
  const { folder: inner } = await api.foldersApi.create({
    name: 'Spring',
    parentFolderId: String(folder.id),
  });
  await api.foldersApi.getAll('0');
  await api.foldersApi.rename(String(inner.id), 'Summer');
  await api.foldersApi.move(String(inner.id), '0');
  const made = await api.listsApi.create({
    name: 'In a folder',
    objectTypeId: '0-1',
    processingType: 'MANUAL',
  });
  await api.foldersApi.moveList({ listId: made.list.listId, newFolderId: String(folder.id) });
  await api.foldersApi.remove(String(inner.id));
  const legacyListId = String(100_000 + Number(made.list.listId));
  const mapped = await api.mappingApi.translateLegacyListIdToListId(legacyListId);
  expect(mapped.listId).toBe(made.list.listId);
  await api.mappingApi.translateLegacyListIdToListIdBatch([legacyListId, '7']);
}

export const listScripts: readonly (readonly [string, Script])[] = [
  ['lists', definitions],
  ['list memberships', memberships],
  ['list folders and id mapping', folders],
];
