import { describe, expect, it } from 'vitest';
import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import { fieldOf, propertyOf } from '#lib/testing/definitions.ts';
import { defaultMappings } from './default-mappings.ts';
import { missingProperties, propertyFor } from './own-properties.ts';

const property = (name: string, label = name) => propertyOf({ name, label });
const field = (name: string, type: string, extra: Partial<SalesforceField> = {}) =>
  fieldOf({ name, type, length: 40, ...extra });
const pick = (value: string, label = value, active = true) => ({ value, label, active });
const mappings = defaultMappings.map((mapping) => ({ ...mapping, rule: 'PREFER_SALESFORCE' as const }));
const only = (...names: string[]) =>
  mappings.filter(({ hubspotProperty }) => names.includes(hubspotProperty));
const made = (lead: SalesforceField[], names: string[], properties: HubSpotProperty[] = []) =>
  missingProperties(only(...names), { properties, fields: { Lead: lead, Contact: [] } });

describe('properties that an account lacks', () => {
  it('are made for default mappings that sync, as far as their field can be seen', () => {
    const fields = [field('Rating', 'string'), field('Website', 'url'), field('Region__c', 'string')];
    const own = { hubspotProperty: 'region', leadField: 'Region__c', contactField: null };
    const asked = only('rating', 'website', 'industry').map((mapping) =>
      mapping.hubspotProperty === 'website' ? { ...mapping, rule: 'DONT_SYNC' as const } : mapping,
    );
    const missing = missingProperties([...asked, { ...own, rule: 'TWO_WAY' }], {
      properties: [],
      fields: { Lead: fields, Contact: [] },
    });
    expect(missing.map(({ name, groupName }) => [name, groupName])).toEqual([['rating', 'segbridge']]);
  });

  it('are none where all are there', () => {
    expect(made([field('Rating', 'string')], ['rating'], [property('rating')])).toEqual([]);
  });

  it('take the Contact’s field where the Lead has none', () => {
    const fields = { Lead: [], Contact: [field('AccountId', 'reference', { label: 'Account ID' })] };
    const [account] = missingProperties(only('salesforce_account_id'), { properties: [], fields });
    expect(account).toMatchObject({ label: 'Account ID', type: 'string', fieldType: 'text' });
  });

  it('are called as in Salesforce, told apart from a property that is called so already', () => {
    const [status] = made(
      [field('Status', 'picklist', { label: 'Lead Status', picklistValues: [pick('Open')] })],
      ['salesforce_lead_status'],
      [property('hs_lead_status', 'Lead status')],
    );
    expect(status).toMatchObject({
      label: 'Lead Status (Salesforce)',
      description: 'Synced with the Salesforce field Status.',
    });
  });

  it.each([
    ['int', 'number', 'number'],
    ['currency', 'number', 'number'],
    ['date', 'date', 'date'],
    ['datetime', 'datetime', 'date'],
    ['textarea', 'string', 'textarea'],
    ['phone', 'string', 'phonenumber'],
    ['boolean', 'enumeration', 'booleancheckbox'],
    ['multipicklist', 'enumeration', 'checkbox'],
    ['url', 'string', 'text'],
  ])('are of a type that takes the values: %s', (salesforce, type, fieldType) => {
    const [first] = made([field('Rating', salesforce, { picklistValues: [pick('Hot')] })], ['rating']);
    expect(first).toMatchObject({ type, fieldType });
    expect(first?.options.length ?? 0).toBe(type !== 'enumeration' ? 0 : salesforce === 'boolean' ? 2 : 1);
  });

  it('offer the picklist’s values; former ones, which records may hold, are hidden', () => {
    const picklistValues = [pick('hot', 'Hot'), pick('warm', 'Hot'), pick('cold', 'Cold', false)];
    const [rating] = made([field('Rating', 'picklist', { picklistValues })], ['rating']);
    expect(rating?.options).toEqual([
      { value: 'hot', label: 'Hot', hidden: false },
      { value: 'warm', label: 'warm', hidden: false },
      { value: 'cold', label: 'Cold', hidden: true },
    ]);
    const [empty] = made([field('Rating', 'picklist')], ['rating']);
    expect(empty).toMatchObject({ type: 'string', options: [] });
  });
});

describe('a property for a Salesforce field', () => {
  it('has its name, label and kind', () => {
    expect(propertyFor(field('Region_Code__c', 'string', { label: 'Region code' }), [])).toMatchObject({
      ...{ name: 'region_code', label: 'Region code', type: 'string', fieldType: 'text' },
      groupName: 'segbridge',
    });
    expect(propertyFor(field('2nd__c', 'date'), [])).toMatchObject({ name: 'field_2nd', type: 'date' });
  });

  it('never takes a name or label that is there', () => {
    const known = [property('title', 'Title'), property('salesforce_title')];
    expect(propertyFor(field('Title', 'string'), known)).toMatchObject({
      name: 'salesforce_title_2',
      label: 'Title (Salesforce)',
    });
  });
});
