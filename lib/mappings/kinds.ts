import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';

/** What a HubSpot property holds, as its field type in HubSpot says it. */
export const propertyKinds = [
  'text',
  'longText',
  'phone',
  'choice',
  'multi',
  'boolean',
  'number',
  'date',
  'datetime',
  'user',
  'file',
] as const;
export type PropertyKind = (typeof propertyKinds)[number];

/** What a Salesforce field holds. `other`: nothing that a HubSpot property could take. */
export const fieldKinds = [
  'text',
  'textarea',
  'picklist',
  'multipicklist',
  'boolean',
  'number',
  'currency',
  'percent',
  'date',
  'datetime',
  'email',
  'phone',
  'url',
  'reference',
  'other',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** The Salesforce fields that fit a kind of property, best first. Users and files fit none. */
export const fittingKinds: Record<PropertyKind, readonly FieldKind[]> = {
  text: ['text', 'textarea', 'phone', 'url', 'email', 'picklist'],
  longText: ['textarea'],
  phone: ['phone', 'text', 'textarea'],
  choice: ['picklist', 'reference'],
  multi: ['multipicklist'],
  boolean: ['boolean'],
  number: ['number', 'currency', 'percent'],
  date: ['date', 'datetime'],
  datetime: ['datetime', 'date'],
  user: [],
  file: [],
};

const byFieldType: Record<string, PropertyKind> = {
  textarea: 'longText',
  html: 'longText',
  phonenumber: 'phone',
  checkbox: 'multi',
  booleancheckbox: 'boolean',
  file: 'file',
};
const byType: Record<string, PropertyKind> = {
  bool: 'boolean',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
};

export function propertyKind(property: HubSpotProperty): PropertyKind {
  if (property.referencedObjectType === 'OWNER') return 'user';
  const { type, fieldType } = property;
  return byType[type] ?? byFieldType[fieldType] ?? (type === 'enumeration' ? 'choice' : 'text');
}

const salesforceKinds: Record<string, FieldKind> = {
  string: 'text',
  combobox: 'text',
  int: 'number',
  long: 'number',
  double: 'number',
};

export function fieldKind({ type }: Pick<SalesforceField, 'type'>): FieldKind {
  return salesforceKinds[type] ?? fieldKinds.find((kind) => kind === type) ?? 'other';
}
