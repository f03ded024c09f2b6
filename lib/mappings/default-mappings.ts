/** Which side of a mapping may be written at all. */
export type Direction = 'BOTH' | 'TO_SALESFORCE' | 'TO_HUBSPOT';
export type Rule = 'TWO_WAY' | 'PREFER_SALESFORCE' | 'ALWAYS_SALESFORCE' | 'DONT_SYNC';

export type DefaultMapping = {
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  direction: Direction;
};

const both = (property: string, field: string): DefaultMapping => entry(property, field, field);
const lead = (property: string, field: string, direction: Direction = 'BOTH'): DefaultMapping =>
  entry(property, field, null, direction);

function entry(
  hubspotProperty: string,
  leadField: string | null,
  contactField: string | null,
  direction: Direction = 'BOTH',
): DefaultMapping {
  return { hubspotProperty, leadField, contactField, direction };
}

/**
 * The mappings that every connected workspace starts with, all by *Prefer Salesforce unless blank*; e-mail
 * and owner have rules of their own, whatever theirs says. Properties that begin with `salesforce_` are ours.
 */
export const defaultMappings: readonly DefaultMapping[] = [
  both('firstname', 'FirstName'),
  both('lastname', 'LastName'),
  both('salutation', 'Salutation'),
  both('jobtitle', 'Title'),
  both('phone', 'Phone'),
  both('fax', 'Fax'),
  both('leadsource', 'LeadSource'),
  both('message', 'Description'),
  both('email', 'Email'),
  both('hubspot_owner_id', 'OwnerId'),
  entry('hs_email_optout', 'HasOptedOutOfEmail', 'HasOptedOutOfEmail', 'TO_SALESFORCE'),
  entry('address', 'Street', 'MailingStreet'),
  entry('city', 'City', 'MailingCity'),
  entry('state', 'State', 'MailingState'),
  entry('zip', 'PostalCode', 'MailingPostalCode'),
  entry('country', 'Country', 'MailingCountry'),
  lead('company', 'Company'),
  lead('website', 'Website'),
  lead('industry', 'Industry'),
  lead('annualrevenue', 'AnnualRevenue'),
  lead('rating', 'Rating'),
  lead('salesforce_number_of_employees', 'NumberOfEmployees', 'TO_HUBSPOT'),
  lead('salesforce_lead_status', 'Status', 'TO_HUBSPOT'),
  entry('salesforce_account_id', null, 'AccountId', 'TO_HUBSPOT'),
];
