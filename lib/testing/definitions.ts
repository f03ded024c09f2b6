import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';

/** A property with what is usual left out. */
export function propertyOf(input: Partial<HubSpotProperty> & Pick<HubSpotProperty, 'name'>): HubSpotProperty {
  return {
    ...{ label: input.name, type: 'string', fieldType: 'text', groupName: 'contactinformation' },
    ...{ description: '', options: [], readOnly: false, calculated: false, hidden: false },
    ...{ hasUniqueValue: false, referencedObjectType: null },
    ...input,
  };
}

/** A field with what is usual left out. */
export function fieldOf(input: Partial<SalesforceField> & Pick<SalesforceField, 'name'>): SalesforceField {
  return {
    ...{ label: input.name, type: 'string', length: 255, scale: 0, createable: true, updateable: true },
    ...{ required: false, unique: false, custom: false, restrictedPicklist: false },
    ...{ picklistValues: [], referenceTo: [] },
    ...input,
  };
}
