import type { Direction, Rule } from '#lib/mappings/default-mappings.ts';
import type { MappedNames } from './store.ts';

type Row = {
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  rule: Rule;
  direction: Direction;
};

/** Fields whose blank never travels, by rules of their own (sync rules, section 5). */
const ownRules = new Set(['email', 'hubspot_owner_id', 'hs_email_optout']);

/** The names to read on each side. A mapping that is not synced asks for nothing. */
export function mappedNames(mappings: readonly Row[]): MappedNames {
  const synced = mappings.filter(({ rule }) => rule !== 'DONT_SYNC');
  const fromHubSpot = synced.filter(
    ({ rule, direction, hubspotProperty }) =>
      rule === 'TWO_WAY' && direction !== 'TO_HUBSPOT' && !ownRules.has(hubspotProperty),
  );
  const fromSalesforce = synced.filter(
    ({ direction, hubspotProperty }) => direction !== 'TO_SALESFORCE' && !ownRules.has(hubspotProperty),
  );
  return {
    properties: propertiesOf(synced),
    fields: fieldsOf(synced),
    blankTravels: { properties: propertiesOf(fromHubSpot), fields: fieldsOf(fromSalesforce) },
  };
}

function propertiesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ hubspotProperty }) => hubspotProperty))];
}

function fieldsOf(rows: readonly Row[]): MappedNames['fields'] {
  const of = (key: 'leadField' | 'contactField') => [...new Set(rows.flatMap((row) => row[key] ?? []))];
  return { Lead: of('leadField'), Contact: of('contactField') };
}
