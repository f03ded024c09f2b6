export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'phone'
  | 'url'
  | 'email'
  | 'picklist'
  | 'multipicklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'address';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  isDefault: boolean;
}

export interface FieldDef {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  precision: number;
  scale: number;
  digits: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  defaultedOnCreate: boolean;
  defaultValue: string | number | boolean | null;
  calculated: boolean;
  /** A parent's value read along a reference: `Account.Industry`. */
  formula: string | null;
  autoNumber: boolean;
  externalId: boolean;
  idLookup: boolean;
  unique: boolean;
  caseSensitive: boolean;
  custom: boolean;
  nameField: boolean;
  filterable: boolean;
  sortable: boolean;
  permissionable: boolean;
  encrypted: boolean;
  restrictedPicklist: boolean;
  controllerName: string | null;
  picklistValues: PicklistValue[];
  referenceTo: string[];
  relationshipName: string | null;
  /** Name under which the parent lists these children, null when it does not. */
  childRelationshipName: string | null;
  cascadeDelete: boolean;
  compoundFieldName: string | null;
  extraTypeInfo: string | null;
  inlineHelpText: string | null;
  /** Kept by the platform: never asked of who creates the record. */
  system: boolean;
}

export interface ObjectDef {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  custom: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  undeletable: boolean;
  mergeable: boolean;
  queryable: boolean;
  replicateable: boolean;
  searchable: boolean;
  triggerable: boolean;
  /** Set-up data (users, profiles …) does not count among the customer's records. */
  setup: boolean;
  fields: FieldDef[];
}

/** Stored form of a record: no key for an empty field; `Id` always there. */
export type FieldValue = string | number | boolean | null;
export interface SObject {
  Id: string;
  [field: string]: FieldValue | undefined;
}
