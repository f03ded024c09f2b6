import type { HubSpotProperty, NewProperty, SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import { type DefaultMapping, defaultMappings, type Rule } from './default-mappings.ts';

/** The group in HubSpot that holds the properties made for mapped Salesforce fields. */
export const ownGroup = { name: 'segbridge', label: 'Segbridge' };

export type AccountFields = {
  properties: readonly HubSpotProperty[];
  fields: Record<SalesforceObject, readonly SalesforceField[]>;
};

const ofDefaults = new Set(defaultMappings.map(({ hubspotProperty }) => hubspotProperty));

/**
 * The properties that default mappings need and the account lacks, each as its Salesforce field suggests.
 * A field that the integration user can't see says nothing, so its property is not made.
 */
export function missingProperties(
  mappings: readonly (Omit<DefaultMapping, 'direction'> & { rule: Rule })[],
  account: AccountFields,
): NewProperty[] {
  const names = new Set(account.properties.map(({ name }) => name));
  const labels = new Set(account.properties.map(({ label }) => label.toLowerCase()));
  const missing: NewProperty[] = [];
  for (const { hubspotProperty: name, leadField, contactField, rule } of mappings) {
    if (rule === 'DONT_SYNC' || names.has(name) || !ofDefaults.has(name)) continue;
    const field =
      account.fields.Lead.find((each) => each.name === leadField) ??
      account.fields.Contact.find((each) => each.name === contactField);
    if (!field) continue;
    const property = definitionOf(field, name, labels);
    names.add(name);
    labels.add(property.label.toLowerCase());
    missing.push(property);
  }
  return missing;
}

/** A property for a Salesforce field, by a name and label that the account does not have yet. */
export function propertyFor(field: SalesforceField, known: readonly HubSpotProperty[]): NewProperty {
  const names = new Set(known.map(({ name }) => name));
  const plain = field.name
    .replace(/__c$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_');
  const base = /^[a-z]/.test(plain) ? plain : `field_${plain}`;
  const free = [base, `salesforce_${base}`].find((each) => !names.has(each));
  let name = free ?? base;
  for (let number = 2; names.has(name); number += 1) name = `salesforce_${base}_${number}`;
  return definitionOf(field, name, new Set(known.map(({ label }) => label.toLowerCase())));
}

function definitionOf(field: SalesforceField, name: string, labels: ReadonlySet<string>): NewProperty {
  // Two properties that look alike in a list could not be told apart.
  const label = labels.has(field.label.toLowerCase()) ? `${field.label} (Salesforce)` : field.label;
  const description = `Synced with the Salesforce field ${field.name}.`;
  return { name, label, groupName: ownGroup.name, description, ...kindOf(field) };
}

type Kind = Pick<NewProperty, 'type' | 'fieldType' | 'options'>;

const plain = (type: string, fieldType: string): Kind => ({ type, fieldType, options: [] });

function kindOf(field: SalesforceField): Kind {
  switch (field.type) {
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent':
      return plain('number', 'number');
    case 'date':
      return plain('date', 'date');
    case 'datetime':
      return plain('datetime', 'date');
    case 'textarea':
      return plain('string', 'textarea');
    case 'phone':
      return plain('string', 'phonenumber');
    case 'boolean':
      return {
        type: 'enumeration',
        fieldType: 'booleancheckbox',
        options: [option('true', 'Yes'), option('false', 'No')],
      };
    case 'picklist':
      return choice(field, 'select');
    case 'multipicklist':
      return choice(field, 'checkbox');
    default:
      return plain('string', 'text');
  }
}

function option(value: string, label: string, hidden = false) {
  return { value, label, hidden };
}

/** Records may still hold values that nobody can choose any more: those are options too, but hidden. */
function choice({ picklistValues }: SalesforceField, fieldType: string): Kind {
  // HubSpot refuses an enumeration without options.
  if (picklistValues.length === 0) return plain('string', 'text');
  const labels = new Set<string>();
  const options = picklistValues.map(({ value, label, active }) => {
    const shown = labels.has(label) ? value : label;
    labels.add(shown);
    return option(value, shown, !active);
  });
  return { type: 'enumeration', fieldType, options };
}
