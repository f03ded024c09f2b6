import { expect, it } from 'vitest';
import type { MappingFields, MappingView } from '#lib/mappings/schemas.ts';
import { fieldNames, pairOf, toRow } from './mapping-rows.ts';

const choice = { writable: true, unique: false, required: false };
const fields: MappingFields = {
  properties: [
    { ...choice, name: 'jobtitle', label: 'Job title', kind: 'text' },
    { ...choice, name: 'score', label: 'Score', kind: 'number', writable: false },
  ],
  fields: {
    lead: [
      { ...choice, name: 'Title', label: 'Title', kind: 'text' },
      { ...choice, name: 'Score__c', label: 'Score', kind: 'number' },
    ],
    contact: [{ ...choice, name: 'Title', label: 'Title', kind: 'text' }],
  },
};
const mapping: MappingView = {
  ...{ id: '1', hubspotProperty: 'jobtitle', leadField: 'Title', contactField: 'Title', rule: 'TWO_WAY' },
  ...{ direction: 'BOTH', isDefault: false, createdAt: '2026-01-01T00:00:00.000Z', version: 0 },
  ...{ changedBy: null, changedAt: null, errors: 0 },
};

it('a mapping is called as in HubSpot and says whether it syncs', () => {
  expect(toRow(mapping, fields)).toMatchObject({ name: 'Job title', status: 'syncing', direction: 'BOTH' });
  expect(toRow({ ...mapping, errors: 2 }, fields).status).toBe('error');
  expect(toRow({ ...mapping, rule: 'DONT_SYNC', errors: 2 }, fields).status).toBe('off');
});

it('a field that can’t be found is no error as long as that CRM is silent', () => {
  const lost = { ...mapping, contactField: 'Role__c' };
  expect(toRow(lost, fields).status).toBe('absent');
  expect(toRow(lost, { ...fields, fields: null }).status).toBe('syncing');
  expect(toRow(mapping, { ...fields, properties: null })).toMatchObject({
    name: 'jobtitle',
    status: 'syncing',
  });
});

it('a property that comes with the first sync is not missed', () => {
  const early = { ...mapping, hubspotProperty: 'rating', isDefault: true };
  expect(toRow(early, fields)).toMatchObject({ name: 'Title', status: 'pending' });
  expect(toRow({ ...early, isDefault: false }, fields)).toMatchObject({ name: 'rating', status: 'absent' });
  expect(toRow({ ...early, leadField: 'Gone__c' }, fields).status).toBe('absent');
});

it('tells where values go', () => {
  expect(toRow({ ...mapping, rule: 'ALWAYS_SALESFORCE' }, fields).direction).toBe('TO_HUBSPOT');
  expect(toRow({ ...mapping, direction: 'TO_HUBSPOT' }, fields).direction).toBe('TO_HUBSPOT');
  const calculated = { ...mapping, hubspotProperty: 'score', leadField: 'Score__c', contactField: null };
  expect(toRow(calculated, fields).direction).toBe('TO_SALESFORCE');
  const owner = { ...mapping, hubspotProperty: 'hubspot_owner_id', leadField: 'OwnerId' };
  expect(toRow(owner, fields).direction).toBe('OWN');
});

it('names fields with their object, and pairs what is chosen', () => {
  expect(fieldNames(mapping)).toBe('Lead.Title, Contact.Title');
  expect(fieldNames({ leadField: null, contactField: 'Title' })).toBe('Contact.Title');
  expect(pairOf(fields, mapping)?.property.label).toBe('Job title');
  expect(pairOf(fields, { hubspotProperty: null, leadField: 'Title', contactField: null })).toBeNull();
});
