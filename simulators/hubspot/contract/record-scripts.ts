import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { expect } from 'vitest';
import { newContact, raw, type Scene, type Script } from './scene.ts';

async function contacts(scene: Scene) {
  const api = scene.client.crm.contacts;
  const id = await newContact(scene, 'one@contract.example');
  const page = await api.basicApi.getPage(1, undefined, ['email'], ['email'], ['companies'], false);
  expect(page.results[0]?.properties.email).toBe('one@contract.example');
  await api.basicApi.getById(id, ['email', 'jobtitle'], ['email'], ['companies'], false);
  await api.basicApi.update(id, { properties: { firstname: 'Åsa' } });
  const batch = await api.batchApi.create({
    inputs: [{ properties: { email: 'two@contract.example' }, associations: [] }],
  });
  const second = batch.results[0]?.id ?? '';
  await api.batchApi.read({
    inputs: [{ id }, { id: '1' }],
    properties: ['email'],
    propertiesWithHistory: [],
  });
  await api.batchApi.update({
    inputs: [
      { id, properties: { lastname: 'Holm' } },
      { id: '1', properties: {} },
    ],
  });
  const upserted = await api.batchApi.upsert({
    inputs: [{ id: 'three@contract.example', idProperty: 'email', properties: { city: 'Malmö' } }],
  });
  const third = upserted.results[0]?.id ?? '';
  const filter = { propertyName: 'email', operator: FilterOperatorEnum.Eq, value: 'two@contract.example' };
  const found = await api.searchApi.doSearch({ filterGroups: [{ filters: [filter] }], limit: 10 });
  expect(found.total).toBe(1);
  const merged = await api.basicApi.merge({ primaryObjectId: id, objectIdToMerge: second });
  expect((await api.basicApi.getById(second)).id).toBe(merged.id);
  await api.basicApi.purge({ objectId: merged.id });
  await api.basicApi.archive(third);
  await api.batchApi.archive({ inputs: [{ id: third }] });
}

async function companies(scene: Scene) {
  const api = scene.client.crm.companies;
  const made = await api.basicApi.create({
    properties: { name: 'Holm', annualrevenue: '1000' },
    associations: [],
  });
  await api.basicApi.getPage(10, undefined, ['name'], ['name'], ['contacts'], false);
  await api.basicApi.getById(made.id, ['name']);
  await api.basicApi.update(made.id, { properties: { city: 'Lund' } });
  const batch = await api.batchApi.create({ inputs: [{ properties: { name: 'Berg' }, associations: [] }] });
  const other = batch.results[0]?.id ?? '';
  await api.batchApi.read({ inputs: [{ id: other }], properties: [], propertiesWithHistory: ['name'] });
  await api.batchApi.update({ inputs: [{ id: other, properties: { name: 'Berget' } }] });
  await raw(scene, 'POST', '/crm/v3/properties/companies', {
    ...{
      name: 'contract_key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'companyinformation',
    },
    hasUniqueValue: true,
  });
  await api.batchApi.upsert({
    inputs: [{ id: 'k1', idProperty: 'contract_key', properties: { name: 'New' } }],
  });
  await api.searchApi.doSearch({ query: 'holm', limit: 5 });
  const merged = await api.basicApi.merge({ primaryObjectId: made.id, objectIdToMerge: other });
  await api.basicApi.archive(merged.id);
  await api.batchApi.archive({ inputs: [{ id: merged.id }] });
}

async function objects(scene: Scene) {
  const api = scene.client.crm.objects;
  const made = await api.basicApi.create('deals', {
    properties: { dealname: 'One', amount: '5' },
    associations: [],
  });
  await api.basicApi.getPage('0-3', 10, undefined, ['dealname'], ['dealname'], ['contacts']);
  await api.basicApi.getById('DEAL', made.id);
  await api.basicApi.update('deal', made.id, { properties: { dealname: 'Two' } });
  const batch = await api.batchApi.create('deals', {
    inputs: [{ properties: { dealname: 'B' }, associations: [] }],
  });
  const id = batch.results[0]?.id ?? '';
  await api.batchApi.read('deals', { inputs: [{ id }], properties: [], propertiesWithHistory: [] });
  await api.batchApi.update('deals', { inputs: [{ id, properties: { amount: '7' } }] });
  await raw(scene, 'POST', '/crm/v3/properties/deals', {
    ...{
      name: 'contract_key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'dealinformation',
    },
    hasUniqueValue: true,
  });
  await api.batchApi.upsert('deals', { inputs: [{ id: 'd1', idProperty: 'contract_key', properties: {} }] });
  await api.searchApi.doSearch('deals', { query: 'two' });
  await api.basicApi.archive('deals', made.id);
  await api.batchApi.archive('deals', { inputs: [{ id }] });
}

async function properties(scene: Scene) {
  const api = scene.client.crm.properties;
  const group = await api.groupsApi.create('contacts', {
    name: 'contract',
    label: 'Contract',
    displayOrder: -1,
  });
  await api.groupsApi.getAll('contacts');
  await api.groupsApi.getByName('contacts', group.name);
  await api.groupsApi.update('contacts', group.name, { label: 'Contracts' });
  const definition = {
    ...{ label: 'Made', groupName: group.name, type: PropertyCreateTypeEnum.String },
    fieldType: PropertyCreateFieldTypeEnum.Text,
  };
  await api.coreApi.create('contacts', { ...definition, name: 'contract_made' });
  await api.coreApi.update('contacts', 'contract_made', { label: 'Made again' });
  expect((await api.coreApi.getByName('contacts', 'contract_made')).label).toBe('Made again');
  await api.coreApi.getAll('0-1');
  await api.batchApi.create('contacts', { inputs: [{ ...definition, name: 'contract_batch' }] });
  await raw(scene, 'POST', '/crm/v3/properties/contacts/batch/read', {
    ...{ archived: false, inputs: [{ name: 'contract_batch' }, { name: 'nothing' }] },
  });
  await raw(scene, 'POST', '/crm/v3/properties/contacts/batch/read', {
    ...{ archived: false, inputs: [{ name: 'contract_batch' }] },
  });
  await api.batchApi.archive('contacts', { inputs: [{ name: 'contract_batch' }] });
  await api.coreApi.archive('contacts', 'contract_made');
  await api.groupsApi.archive('contacts', group.name);
}

async function owners(scene: Scene) {
  const page = await scene.client.crm.owners.ownersApi.getPage(undefined, undefined, 2);
  expect(page.paging?.next?.after).toBe('83104202');
  await scene.client.crm.owners.ownersApi.getById(60342734, 'userId');
}

export const recordScripts: readonly (readonly [string, Script])[] = [
  ['contacts', contacts],
  ['companies', companies],
  ['objects of any type', objects],
  ['properties and groups', properties],
  ['owners', owners],
];
