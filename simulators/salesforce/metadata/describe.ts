import type { Access } from './access.ts';
import type { ObjectInfo } from './schema.ts';
import type { FieldDef, FieldType } from './types.ts';

const SOAP_TYPES: Record<FieldType, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  string: 'xsd:string',
  textarea: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string',
  email: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
};
const UNGROUPABLE: ReadonlySet<FieldType> = new Set([
  'double',
  'currency',
  'percent',
  'datetime',
  'multipicklist',
  'address',
  'time',
]);

export function isGroupable(def: FieldDef): boolean {
  return def.filterable && !def.calculated && !UNGROUPABLE.has(def.type);
}

export function isAggregatable(def: FieldDef): boolean {
  return def.filterable && def.type !== 'boolean' && def.type !== 'multipicklist' && def.type !== 'address';
}

/** Metadata of one field in the vendor's key order. */
function describeField(access: Access, info: ObjectInfo, def: FieldDef): Record<string, unknown> {
  const isText = SOAP_TYPES[def.type] === 'xsd:string';
  const isBoolean = def.type === 'boolean';
  const polymorphic = def.referenceTo.length > 1;
  return {
    aggregatable: isAggregatable(def),
    aiPredictionField: false,
    autoNumber: def.autoNumber,
    byteLength: isText ? def.length * 3 : def.length,
    calculated: def.calculated,
    calculatedFormula: def.formula,
    cascadeDelete: def.cascadeDelete && def.custom,
    caseSensitive: def.caseSensitive,
    compoundFieldName: def.compoundFieldName,
    controllerName: def.controllerName,
    createable: access.createable(info, def),
    custom: def.custom,
    defaultValue: isBoolean ? (def.defaultValue ?? false) : null,
    defaultValueFormula: null,
    defaultedOnCreate: def.defaultedOnCreate,
    dependentPicklist: def.controllerName !== null,
    deprecatedAndHidden: false,
    digits: def.digits,
    displayLocationInDecimal: def.name.endsWith('Latitude') || def.name.endsWith('Longitude'),
    encrypted: def.encrypted,
    externalId: def.externalId,
    extraTypeInfo: def.extraTypeInfo,
    filterable: def.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: isGroupable(def),
    highScaleNumber: false,
    htmlFormatted: def.extraTypeInfo === 'richtextarea',
    idLookup: def.idLookup,
    inlineHelpText: def.inlineHelpText,
    label: def.label,
    length: def.length,
    mask: null,
    maskType: null,
    name: def.name,
    nameField: def.nameField,
    namePointing: polymorphic,
    nillable: def.nillable,
    permissionable: def.permissionable,
    picklistValues: def.picklistValues.map((entry) => ({
      active: entry.active,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: polymorphic,
    precision: def.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: def.referenceTo,
    relationshipName: def.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: def.restrictedPicklist,
    scale: def.scale,
    searchPrefilterable: def.type === 'reference',
    soapType: SOAP_TYPES[def.type],
    sortable: def.sortable,
    type: def.type,
    unique: def.unique,
    updateable: access.updateable(info, def),
    writeRequiresMasterRead: false,
  };
}

/** One entry of the global describe: what the user may do with the object, and where it is. */
export function describeSummary(access: Access, info: ObjectInfo, base: string): Record<string, unknown> {
  const { def } = info;
  const path = `${base}/sobjects/${def.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: def.createable && access.may(info, 'create'),
    custom: def.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: def.deletable && access.may(info, 'delete'),
    deprecatedAndHidden: false,
    feedEnabled: !def.setup,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: def.keyPrefix,
    label: def.label,
    labelPlural: def.labelPlural,
    layoutable: !def.setup,
    mergeable: def.mergeable,
    mruEnabled: !def.setup,
    name: def.name,
    queryable: def.queryable,
    replicateable: def.replicateable,
    retrieveable: true,
    searchable: def.searchable,
    triggerable: def.triggerable,
    undeletable: def.undeletable && access.may(info, 'delete'),
    updateable: def.updateable && access.may(info, 'edit'),
    urls: {
      compactLayouts: `${path}/describe/compactLayouts`,
      rowTemplate: `${path}/{ID}`,
      approvalLayouts: `${path}/describe/approvalLayouts`,
      describe: `${path}/describe`,
      quickActions: `${path}/quickActions`,
      layouts: `${path}/describe/layouts`,
      sobject: path,
      ...(def.setup ? {} : { listviews: `${path}/listviews` }),
    },
  };
}

/** The answer of `…/sobjects/X/describe`. */
export function describeObject(access: Access, info: ObjectInfo, base: string): Record<string, unknown> {
  return {
    actionOverrides: [],
    ...describeSummary(access, info, base),
    childRelationships: access.children(info).map((child) => ({
      cascadeDelete: child.field.cascadeDelete,
      childSObject: child.child,
      deprecatedAndHidden: false,
      field: child.field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.name,
      restrictedDelete: false,
    })),
    compactLayoutable: !info.def.setup,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: access.fields(info).map((def) => describeField(access, info, def)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: info.def.setup ? null : true,
    lookupLayoutable: info.def.setup ? null : true,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
        urls: { layout: `${base}/sobjects/${info.def.name}/describe/layouts/012000000000000AAA` },
      },
    ],
    searchLayoutable: info.def.searchable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [
      { label: `All ${info.def.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${info.def.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
  };
}
