import type { FieldDef, FieldType, ObjectDef, PicklistValue } from './types.ts';

type Extra = Partial<FieldDef>;

/** Label from a developer name: `MobilePhone` becomes `Mobile Phone`, `OwnerId` becomes `Owner ID`. */
export function labelOf(name: string): string {
  return name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/ Id$/, ' ID')
    .replace(/^Id$/, 'Record ID');
}

const TEXT_TYPES: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'phone',
  'url',
  'email',
  'picklist',
]);

export function field(name: string, type: FieldType, extra: Extra = {}): FieldDef {
  const isBoolean = type === 'boolean';
  return {
    name,
    label: labelOf(name),
    type,
    length: TEXT_TYPES.has(type) ? 255 : type === 'id' || type === 'reference' ? 18 : 0,
    precision: type === 'double' || type === 'currency' || type === 'percent' ? 18 : 0,
    scale: 0,
    digits: type === 'int' ? 8 : 0,
    nillable: !isBoolean,
    createable: true,
    updateable: true,
    defaultedOnCreate: isBoolean,
    defaultValue: isBoolean ? false : null,
    calculated: false,
    formula: null,
    autoNumber: false,
    externalId: false,
    idLookup: false,
    unique: false,
    caseSensitive: false,
    custom: name.endsWith('__c'),
    nameField: false,
    filterable: true,
    sortable: true,
    permissionable: true,
    encrypted: false,
    restrictedPicklist: false,
    controllerName: null,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    compoundFieldName: null,
    extraTypeInfo: null,
    inlineHelpText: null,
    system: false,
    ...extra,
  };
}

export const READ_ONLY: Extra = { createable: false, updateable: false, permissionable: false };
export const REQUIRED: Extra = { nillable: false, permissionable: false };

export const text = (name: string, length: number, extra: Extra = {}) =>
  field(name, 'string', { length, ...extra });
export const phone = (name: string) => field(name, 'phone', { length: 40 });
export const email = (name: string, extra: Extra = {}) =>
  field(name, 'email', { length: 80, idLookup: true, ...extra });
export const flag = (name: string, extra: Extra = {}) => field(name, 'boolean', extra);
export const longText = (name: string, length = 32000, extra: Extra = {}) =>
  field(name, 'textarea', {
    length,
    filterable: false,
    sortable: false,
    extraTypeInfo: 'plaintextarea',
    ...extra,
  });

export function values(list: readonly string[], defaultValue?: string): PicklistValue[] {
  return list.map((value) => ({ value, label: value, active: true, isDefault: value === defaultValue }));
}

export function picklist(name: string, list: readonly string[], extra: Extra = {}): FieldDef {
  const defaultValue = typeof extra.defaultValue === 'string' ? extra.defaultValue : undefined;
  return field(name, 'picklist', {
    picklistValues: values(list, defaultValue),
    defaultedOnCreate: defaultValue !== undefined,
    ...extra,
  });
}

/** A lookup. The relationship is the field's name without `Id` (or with `__r` for a custom field). */
export function reference(name: string, referenceTo: string | string[], extra: Extra = {}): FieldDef {
  const relationshipName = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
  return field(name, 'reference', {
    referenceTo: typeof referenceTo === 'string' ? [referenceTo] : referenceTo,
    relationshipName,
    ...extra,
  });
}

/** Street, city, state, postal code, country, position, and the read-only compound over them. */
export function address(prefix: string, compound = `${prefix}Address`): FieldDef[] {
  const part = { compoundFieldName: compound };
  return [
    field(`${prefix}Street`, 'textarea', { length: 255, extraTypeInfo: 'plaintextarea', ...part }),
    text(`${prefix}City`, 40, part),
    text(`${prefix}State`, 80, part),
    text(`${prefix}PostalCode`, 20, part),
    text(`${prefix}Country`, 80, part),
    field(`${prefix}Latitude`, 'double', { scale: 15, ...part }),
    field(`${prefix}Longitude`, 'double', { scale: 15, ...part }),
    picklist(
      `${prefix}GeocodeAccuracy`,
      ['Address', 'NearAddress', 'Block', 'Street', 'Zip', 'City', 'State'],
      {
        length: 40,
        restrictedPicklist: true,
        ...part,
      },
    ),
    field(compound, 'address', { ...READ_ONLY, filterable: true, sortable: false, permissionable: true }),
  ];
}

/** Salutation, first and last name and the compound name of a person. */
export function personName(): FieldDef[] {
  const part = { compoundFieldName: 'Name' };
  return [
    text('LastName', 80, { ...REQUIRED, ...part }),
    text('FirstName', 40, { ...part, permissionable: false }),
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], {
      length: 40,
      ...part,
      permissionable: false,
    }),
    text('Name', 121, { ...READ_ONLY, label: 'Full Name', nillable: false, nameField: true }),
  ];
}

const SYSTEM: Extra = { ...READ_ONLY, nillable: false, defaultedOnCreate: true, system: true };

export const idField = (name = 'Id') => field(name, 'id', { ...SYSTEM, idLookup: true });

/** CreatedDate … SystemModstamp, kept by the platform. */
export function auditFields(): FieldDef[] {
  return [
    field('CreatedDate', 'datetime', SYSTEM),
    reference('CreatedById', 'User', SYSTEM),
    field('LastModifiedDate', 'datetime', SYSTEM),
    reference('LastModifiedById', 'User', SYSTEM),
    field('SystemModstamp', 'datetime', SYSTEM),
  ];
}

export const deletedField = () => flag('IsDeleted', { ...SYSTEM });

/** Stamps of use that the platform writes; they stay empty here unless a task sets LastActivityDate. */
export function usageFields(): FieldDef[] {
  const readOnly = { ...READ_ONLY, system: true };
  return [
    field('LastActivityDate', 'date', readOnly),
    field('LastViewedDate', 'datetime', readOnly),
    field('LastReferencedDate', 'datetime', readOnly),
  ];
}

/** Owner, defaulted to who creates the record. */
export function owner(referenceTo: string | string[]): FieldDef {
  return reference('OwnerId', referenceTo, {
    nillable: false,
    defaultedOnCreate: true,
    permissionable: false,
  });
}

export function object(
  name: string,
  keyPrefix: string,
  fields: FieldDef[],
  extra: Partial<ObjectDef> = {},
): ObjectDef {
  const label = extra.label ?? labelOf(name);
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: name.endsWith('__c'),
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: true,
    mergeable: false,
    queryable: true,
    replicateable: true,
    searchable: true,
    triggerable: true,
    setup: false,
    fields,
    ...extra,
  };
}
