import {
  auditFields,
  email,
  field,
  flag,
  idField,
  object,
  personName,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
} from './build.ts';
import { LANGUAGES, LOCALES, TIME_ZONES } from './picklists.ts';
import type { ObjectDef } from './types.ts';

const SETUP: Partial<ObjectDef> = {
  deletable: false,
  undeletable: false,
  searchable: false,
  triggerable: false,
  setup: true,
};
const READ_ONLY_SETUP: Partial<ObjectDef> = { ...SETUP, createable: false, updateable: false };

export function userObject(): ObjectDef {
  const required = { ...REQUIRED, restrictedPicklist: true };
  return object(
    'User',
    '005',
    [
      idField(),
      text('Username', 80, { ...REQUIRED, unique: true, idLookup: true }),
      ...personName().filter((part) => part.name !== 'Salutation'),
      text('CompanyName', 80),
      text('Department', 80),
      text('Title', 80),
      email('Email', { ...REQUIRED, length: 128, idLookup: false }),
      phone('Phone'),
      phone('MobilePhone'),
      text('Alias', 8, REQUIRED),
      text('CommunityNickname', 40, { nillable: false, defaultedOnCreate: true, permissionable: false }),
      flag('IsActive', { permissionable: false, defaultValue: true }),
      picklist('TimeZoneSidKey', TIME_ZONES, required),
      reference('UserRoleId', 'UserRole'),
      picklist('LocaleSidKey', LOCALES, required),
      picklist('EmailEncodingKey', ['UTF-8', 'ISO-8859-1'], required),
      reference('ProfileId', 'Profile', REQUIRED),
      picklist('UserType', ['Standard', 'PowerPartner', 'CsnOnly', 'Guest'], {
        ...READ_ONLY,
        nillable: false,
        defaultValue: 'Standard',
      }),
      picklist('LanguageLocaleKey', LANGUAGES, required),
      field('LastLoginDate', 'datetime', READ_ONLY),
      flag('UserPermissionsMarketingUser', { permissionable: false }),
      ...auditFields(),
    ],
    { ...SETUP, searchable: true, triggerable: true },
  );
}

export function organizationObject(): ObjectDef {
  return object(
    'Organization',
    '00D',
    [
      idField(),
      text('Name', 80, { nillable: false, createable: false, nameField: true }),
      text('NamespacePrefix', 15, READ_ONLY),
      text('InstanceName', 5, READ_ONLY),
      flag('IsSandbox', READ_ONLY),
      picklist(
        'OrganizationType',
        ['Developer Edition', 'Enterprise Edition', 'Unlimited Edition'],
        READ_ONLY,
      ),
      picklist('DefaultLocaleSidKey', LOCALES, { createable: false, nillable: false }),
      picklist('LanguageLocaleKey', LANGUAGES, { createable: false, nillable: false }),
      picklist('TimeZoneSidKey', TIME_ZONES, { createable: false, nillable: false }),
      field('TrialExpirationDate', 'datetime', READ_ONLY),
      ...auditFields(),
    ],
    { ...READ_ONLY_SETUP, replicateable: false },
  );
}

export function groupObject(): ObjectDef {
  return object(
    'Group',
    '00G',
    [
      idField(),
      text('Name', 40, { ...REQUIRED, nameField: true }),
      text('DeveloperName', 80),
      picklist('Type', ['Regular', 'Queue', 'Role', 'Organization'], { defaultValue: 'Regular' }),
      email('Email', { length: 255, idLookup: false }),
      flag('DoesSendEmailToMembers'),
      ...auditFields(),
    ],
    { ...SETUP, deletable: true },
  );
}

export function queueSobjectObject(): ObjectDef {
  return object(
    'QueueSobject',
    '03g',
    [
      idField(),
      reference('QueueId', 'Group', {
        ...REQUIRED,
        childRelationshipName: 'QueueSobjects',
        cascadeDelete: true,
      }),
      text('SobjectType', 40, REQUIRED),
    ],
    { ...SETUP, deletable: true, replicateable: false },
  );
}

export function profileObject(): ObjectDef {
  return object(
    'Profile',
    '00e',
    [
      idField(),
      text('Name', 255, { ...REQUIRED, nameField: true }),
      text('UserType', 40, READ_ONLY),
      text('Description', 255),
      ...auditFields(),
    ],
    READ_ONLY_SETUP,
  );
}

export function userRoleObject(): ObjectDef {
  return object(
    'UserRole',
    '00E',
    [
      idField(),
      text('Name', 80, { ...REQUIRED, nameField: true }),
      text('DeveloperName', 80),
      field('LastModifiedDate', 'datetime', READ_ONLY),
      field('SystemModstamp', 'datetime', READ_ONLY),
    ],
    { ...READ_ONLY_SETUP, replicateable: false },
  );
}

export function recordTypeObject(): ObjectDef {
  return object(
    'RecordType',
    '012',
    [
      idField(),
      text('Name', 80, { ...REQUIRED, nameField: true }),
      text('DeveloperName', 80, REQUIRED),
      text('SobjectType', 40, REQUIRED),
      flag('IsActive'),
      ...auditFields(),
    ],
    READ_ONLY_SETUP,
  );
}

/** The assignment rules of the settings, as queries show them. */
export function assignmentRuleObject(): ObjectDef {
  return object(
    'AssignmentRule',
    '01Q',
    [
      idField(),
      text('Name', 120, { ...READ_ONLY, nameField: true }),
      text('SobjectType', 40, READ_ONLY),
      flag('Active', READ_ONLY),
      ...auditFields(),
    ],
    READ_ONLY_SETUP,
  );
}

/** The rows behind the Status picklist of Lead; `IsConverted` says which status a conversion may set. */
export function leadStatusObject(): ObjectDef {
  return object(
    'LeadStatus',
    '01J',
    [
      idField(),
      text('MasterLabel', 255, { ...READ_ONLY, nameField: true }),
      text('ApiName', 255, READ_ONLY),
      field('SortOrder', 'int', READ_ONLY),
      flag('IsDefault', READ_ONLY),
      flag('IsConverted', READ_ONLY),
      ...auditFields(),
    ],
    READ_ONLY_SETUP,
  );
}
