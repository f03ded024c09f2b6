import { describe, expect, it } from 'vitest';
import { defaultMappings } from './default-mappings.ts';

const of = (object: 'both' | 'lead' | 'contact') =>
  defaultMappings
    .filter(({ leadField, contactField }) => {
      if (object === 'both') return leadField !== null && contactField !== null;
      return object === 'lead' ? contactField === null : leadField === null;
    })
    .map(({ leadField, contactField, direction }) => {
      const fields = leadField === contactField ? [leadField] : [leadField, contactField];
      return `${fields.filter(Boolean).join('|')} ${direction}`;
    })
    .sort();

describe('5: default mappings', () => {
  it('5: on both objects, one property for both', () => {
    expect(of('both')).toEqual(
      [
        ...['FirstName', 'LastName', 'Salutation', 'Title', 'Phone', 'Fax', 'LeadSource', 'Description'],
        ...['Email', 'OwnerId', 'Street|MailingStreet', 'City|MailingCity', 'State|MailingState'],
        ...['PostalCode|MailingPostalCode', 'Country|MailingCountry'],
      ]
        .map((fields) => `${fields} BOTH`)
        .concat('HasOptedOutOfEmail TO_SALESFORCE')
        .sort(),
    );
  });

  it('5: on Leads alone, and on Contacts alone', () => {
    expect(of('lead')).toEqual(
      [
        ...['Company BOTH', 'Website BOTH', 'Industry BOTH', 'AnnualRevenue BOTH', 'Rating BOTH'],
        ...['NumberOfEmployees TO_HUBSPOT', 'Status TO_HUBSPOT'],
      ].sort(),
    );
    expect(of('contact')).toEqual(['AccountId TO_HUBSPOT']);
  });

  it('5: each property and each field is in one of them', () => {
    const all = (key: 'hubspotProperty' | 'leadField' | 'contactField') =>
      defaultMappings.flatMap((mapping) => mapping[key] ?? []);
    for (const key of ['hubspotProperty', 'leadField', 'contactField'] as const) {
      expect(new Set(all(key)).size).toBe(all(key).length);
    }
  });
});
