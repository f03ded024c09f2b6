import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import { fieldOf, propertyOf } from '#lib/testing/definitions.ts';
import { type FieldTable, fieldTable, type MappingRow } from '../fields.ts';
import { ownerBook } from '../owners.ts';
import type { PersonState } from '../plan.ts';

const property = (name: string, extra: Partial<HubSpotProperty> = {}) =>
  propertyOf({ name, label: name.toUpperCase(), ...extra });
const field = (name: string, extra: Partial<SalesforceField> = {}) => fieldOf({ name, length: 40, ...extra });
export const mapping = (
  hubspotProperty: string,
  name: string,
  extra: Partial<MappingRow> = {},
): MappingRow => ({
  id: `m-${name}`,
  hubspotProperty,
  leadField: name,
  contactField: name,
  rule: 'TWO_WAY',
  direction: 'BOTH',
  ...extra,
});

export const definitions = {
  timeZone: 'Europe/Berlin',
  properties: [
    property('email'),
    property('lastname'),
    property('jobtitle'),
    property('annualrevenue'),
    property('hubspot_owner_id', { type: 'enumeration', fieldType: 'select' }),
    property('hs_email_optout', { type: 'bool', fieldType: 'booleancheckbox', readOnly: true }),
    property('lifecyclestage', { type: 'enumeration', fieldType: 'radio' }),
    property('score', { readOnly: true, calculated: true }),
  ],
  fields: [
    field('Email', { type: 'email', length: 80 }),
    field('LastName', { length: 80, required: true }),
    field('Title', { length: 12 }),
    field('AnnualRevenue', { type: 'currency', length: 0 }),
    field('OwnerId', { type: 'reference' }),
    field('HasOptedOutOfEmail', { type: 'boolean', length: 0 }),
    field('Stage__c'),
    field('Score__c'),
    field('Status', { required: false }),
  ],
};
export const table = (...mappings: MappingRow[]): FieldTable => fieldTable('Lead', mappings, definitions);

export const owners = ownerBook(
  [
    { id: 'h-ann', userId: '1', email: 'Ann@b.example', name: 'Ann', active: true },
    { id: 'h-bo', userId: '2', email: 'bo@b.example', name: 'Bo', active: true },
    { id: 'h-cy', userId: '3', email: 'cy@b.example', name: 'Cy', active: true },
    { id: 'h-cy2', userId: '4', email: 'cy@b.example', name: 'Cy 2', active: true },
  ],
  [
    { id: 's-ann', email: 'ann@b.example', name: 'Ann', active: true },
    { id: 's-bo', email: 'bo@b.example', name: 'Bo', active: true },
    { id: 's-cy', email: 'cy@b.example', name: 'Cy', active: true },
    { id: 's-old', email: 'old@b.example', name: 'Old', active: false },
  ],
);
export const at = '2026-03-01T12:00:00.000Z';
export const person = (extra: Partial<PersonState>): PersonState => ({
  contact: {},
  record: {},
  shadow: {},
  intended: null,
  matchedByAdditional: false,
  changedAt: { hubspot: new Date('2026-03-01T10:00:00Z'), salesforce: new Date('2026-03-01T10:00:00Z') },
  lastModifiedByUs: false,
  ...extra,
});
export const agreedOn = (value: string | null) => ({ h: value, s: value, at: '2026-02-01T00:00:00.000Z' });
