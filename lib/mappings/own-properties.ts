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
    // Two properties that look alike in a list could not be told apart.
    const label = labels.has(field.label.toLowerCase()) ? `${field.label} (Salesforce)` : field.label;
    names.add(name);
    labels.add(label.toLowerCase());
    const description = `Synced with the Salesforce field ${field.name}.`;
    missing.push({ name, label, groupName: ownGroup.name, description, ...kindOf(field) });
  }
  return missing;
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
