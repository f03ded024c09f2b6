import type { HubSpotProperty, SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import { fieldOf, propertyOf } from '#lib/testing/definitions.ts';
import type { MappingRow } from '../../fields.ts';

const options = (...values: string[]) => values.map((value) => ({ value, label: value, hidden: false }));

/** Enough of HubSpot's contact properties that every kind of value and rule occurs. */
export const contactProperties: readonly HubSpotProperty[] = [
  ...['email', 'firstname', 'lastname', 'salutation', 'jobtitle', 'phone', 'fax', 'leadsource', 'message'],
  ...['address', 'city', 'state', 'zip', 'country', 'company', 'website', 'rating', 'status'],
]
  .map((name) => propertyOf({ name }))
  .concat([
    propertyOf({ name: 'annualrevenue', type: 'number', fieldType: 'number' }),
    propertyOf({
      name: 'interests',
      type: 'enumeration',
      fieldType: 'checkbox',
      options: options('a', 'b', 'c'),
    }),
    propertyOf({
      name: 'industry',
      type: 'enumeration',
      fieldType: 'select',
      options: options('TECH', 'FOOD'),
    }),
    propertyOf({ name: 'birthday', type: 'date', fieldType: 'date' }),
    propertyOf({ name: 'hs_email_optout', type: 'bool', fieldType: 'booleancheckbox' }),
    propertyOf({ name: 'hubspot_owner_id', type: 'enumeration', referencedObjectType: 'OWNER' }),
    propertyOf({
      ...{ name: 'lifecyclestage', type: 'enumeration', fieldType: 'radio' },
      options: options('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'customer'),
    }),
    ...['hs_object_id', 'createdate', 'lastmodifieddate', 'hs_additional_emails', 'hs_merged_object_ids'].map(
      (name) => propertyOf({ name, readOnly: true, calculated: true }),
    ),
  ]);

const system = ['Id', 'CreatedDate', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById'].map((name) =>
  fieldOf({ name, createable: false, updateable: false }),
);
const shared = [
  ...system,
  fieldOf({ name: 'LastName', length: 80, required: true }),
  fieldOf({ name: 'FirstName', length: 40 }),
  fieldOf({ name: 'Email', type: 'email', length: 80 }),
  fieldOf({ name: 'Title', length: 128 }),
  fieldOf({ name: 'Phone', type: 'phone', length: 40 }),
  fieldOf({ name: 'Description', type: 'textarea', length: 32_000 }),
  fieldOf({ name: 'HasOptedOutOfEmail', type: 'boolean', length: 0 }),
  fieldOf({ name: 'OwnerId', type: 'reference', length: 18, referenceTo: ['User'] }),
  fieldOf({ name: 'Score__c', type: 'double', scale: 1, length: 0, custom: true }),
  fieldOf({ name: 'Born__c', type: 'date', length: 0, custom: true }),
  fieldOf({
    ...{ name: 'LeadSource', type: 'picklist', restrictedPicklist: true },
    picklistValues: ['Web', 'Phone Inquiry'].map((value) => ({ value, label: value, active: true })),
  }),
];

/** Enough of both objects that required, cut, restricted and unwritable fields occur. */
export const recordFields: Record<SalesforceObject, readonly SalesforceField[]> = {
  Lead: [
    ...shared,
    fieldOf({ name: 'Company', required: true }),
    fieldOf({ name: 'City', length: 40 }),
    fieldOf({ name: 'ConvertedContactId', type: 'reference', createable: false, updateable: false }),
    fieldOf({ name: 'Status', type: 'picklist', length: 255 }),
    fieldOf({ name: 'AnnualRevenue', type: 'currency', scale: 2, length: 0 }),
  ],
  Contact: [
    ...shared,
    fieldOf({ name: 'MailingCity', length: 40 }),
    fieldOf({ name: 'AccountId', type: 'reference', length: 18, referenceTo: ['Account'] }),
  ],
};

/** Which property goes with which field of a Lead and of a Contact, and which way. */
const pairs: [string, string | null, string | null, MappingRow['direction']?][] = [
  ['email', 'Email', 'Email'],
  ['firstname', 'FirstName', 'FirstName'],
  ['lastname', 'LastName', 'LastName'],
  ['jobtitle', 'Title', 'Title'],
  ['phone', 'Phone', 'Phone'],
  ['message', 'Description', 'Description'],
  ['city', 'City', 'MailingCity'],
  ['company', 'Company', null],
  ['annualrevenue', 'AnnualRevenue', null],
  ['hs_email_optout', 'HasOptedOutOfEmail', 'HasOptedOutOfEmail', 'TO_SALESFORCE'],
  ['hubspot_owner_id', 'OwnerId', 'OwnerId'],
];

/** Mappings between them, all by *Prefer Salesforce unless blank*. */
export function mappingRows(newId: () => string): MappingRow[] {
  return pairs.map(([hubspotProperty, leadField, contactField, direction = 'BOTH']) => ({
    ...{ id: newId(), hubspotProperty, leadField, contactField, direction },
    rule: 'PREFER_SALESFORCE',
  }));
}
