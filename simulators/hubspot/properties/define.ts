import { ApiError, invalid, missingField } from '../http/errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Property, PropertyOption } from '../objects/types.ts';

const FIELD_TYPES: Record<string, readonly string[]> = {
  string: ['text', 'textarea', 'phonenumber', 'html', 'file', 'calculation_equation'],
  number: ['number', 'calculation_equation', 'calculation_rollup', 'calculation_read_time'],
  bool: ['booleancheckbox', 'calculation_equation', 'calculation_read_time'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date', 'calculation_equation'],
  phone_number: ['phonenumber'],
};
const MOST_UNIQUE = 10;

type Input = Record<string, unknown>;

/** Creates a property from what came over the wire; throws the API's refusals. */
export function createProperty(store: ObjectStore, input: Input, userId: string): Property {
  for (const name of ['name', 'label', 'type', 'fieldType', 'groupName']) {
    if (typeof input[name] !== 'string' || input[name] === '') throw missingField(name);
  }
  const { name, label, type, fieldType, groupName } = input as Record<string, string> & Input;
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name ?? '')) {
    throw invalid(
      `Property name "${name}" is invalid: it must start with a letter and hold only lower-case letters, numbers and underscores`,
    );
  }
  const taken = store.properties.get(name ?? '');
  if (taken && !taken.archived) {
    throw new ApiError(409, `A property named '${name}' already exists.`, {
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_ALREADY_EXISTS',
      context: { propertyName: [name ?? ''] },
    });
  }
  checkKind(type ?? '', fieldType ?? '');
  checkGroup(store, groupName ?? '');
  const hasUniqueValue = input.hasUniqueValue === true;
  if (hasUniqueValue) checkUnique(store, type ?? '');
  const at = store.portal.world.clock.iso();
  const property: Property = {
    ...{ name: name ?? '', label: label ?? '', type: type ?? '', fieldType: fieldType ?? '' },
    ...{ groupName: groupName ?? '', description: text(input.description) },
    options: optionsOf(type ?? '', fieldType ?? '', input),
    displayOrder: typeof input.displayOrder === 'number' ? input.displayOrder : -1,
    calculated: (fieldType ?? '').startsWith('calculation_'),
    externalOptions: input.externalOptions === true,
    hasUniqueValue,
    hidden: input.hidden === true,
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyValue: input.readOnlyValue === true,
    },
    formField: input.formField === true,
    dataSensitivity: typeof input.dataSensitivity === 'string' ? input.dataSensitivity : 'non_sensitive',
    ...(typeof input.referencedObjectType === 'string'
      ? { referencedObjectType: input.referencedObjectType }
      : {}),
    ...(typeof input.calculationFormula === 'string' ? { calculationFormula: input.calculationFormula } : {}),
    ...{ createdAt: at, updatedAt: at, createdUserId: userId, updatedUserId: userId, archived: false },
  };
  store.saveProperty(property);
  return property;
}

const CHANGEABLE = [
  ...[
    'label',
    'type',
    'fieldType',
    'groupName',
    'description',
    'options',
    'displayOrder',
    'hidden',
    'formField',
  ],
  'calculationFormula',
];

export function updateProperty(
  store: ObjectStore,
  property: Property,
  input: Input,
  userId: string,
): Property {
  const { modificationMetadata } = property;
  const named = CHANGEABLE.filter((name) => input[name] !== undefined);
  const onlyOptions = named.every((name) => name === 'options') && !modificationMetadata.readOnlyOptions;
  if (modificationMetadata.readOnlyDefinition && named.length > 0 && !onlyOptions) {
    throw invalid(`Property "${property.name}" is defined by HubSpot; its definition is read only`);
  }
  const changes = Object.fromEntries(named.map((name) => [name, input[name]]));
  const next: Property = { ...property, ...changes };
  checkKind(next.type, next.fieldType);
  checkGroup(store, next.groupName);
  if (input.options !== undefined) next.options = optionsOf(next.type, next.fieldType, input);
  next.updatedAt = store.portal.world.clock.iso();
  next.updatedUserId = userId;
  store.saveProperty(next);
  return next;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function checkKind(type: string, fieldType: string) {
  const allowed = FIELD_TYPES[type];
  if (!allowed)
    throw invalid(`Invalid input JSON: type ${type} is not one of [${Object.keys(FIELD_TYPES).join(', ')}]`);
  if (!allowed.includes(fieldType)) {
    throw invalid(
      `The field type ${fieldType} is not valid for the type ${type}; use one of [${allowed.join(', ')}]`,
    );
  }
}

function checkGroup(store: ObjectStore, groupName: string) {
  if (store.groups.has(groupName) && !store.groups.get(groupName)?.archived) return;
  throw invalid(`Property group "${groupName}" does not exist`, {
    subCategory: 'Properties.GROUP_NOT_FOUND',
    context: { groupName: [groupName] },
  });
}

function checkUnique(store: ObjectStore, type: string) {
  if (type !== 'string' && type !== 'number')
    throw invalid('Only text and number properties can have unique values');
  const count = [...store.properties.values()].filter(
    (each) => each.hasUniqueValue && !each.hubspotDefined,
  ).length;
  if (count < MOST_UNIQUE) return;
  throw invalid(
    `The limit of ${MOST_UNIQUE} unique value properties for ${store.type.plural} has been reached`,
  );
}

function optionsOf(type: string, fieldType: string, input: Input): PropertyOption[] {
  const given = input.options ?? [];
  if (!Array.isArray(given)) throw invalid('options must be a list');
  const needsOptions = type === 'enumeration' && fieldType !== 'calculation_equation';
  if (needsOptions && given.length === 0 && input.externalOptions !== true) {
    throw invalid('Property options are required for enumeration properties');
  }
  if (type === 'bool' && given.length === 0) {
    const yes = { label: 'Yes', value: 'true', displayOrder: 0, hidden: false };
    return [yes, { label: 'No', value: 'false', displayOrder: 1, hidden: false }];
  }
  const values = new Set<string>();
  return (given as Input[]).map((option, position) => {
    if (typeof option?.label !== 'string' || typeof option.value !== 'string')
      throw missingField('label, value');
    if (values.has(option.value)) throw invalid(`Property option values must be unique: ${option.value}`);
    values.add(option.value);
    return {
      ...{ label: option.label, value: option.value, hidden: option.hidden === true },
      displayOrder: typeof option.displayOrder === 'number' ? option.displayOrder : position,
      ...(typeof option.description === 'string' ? { description: option.description } : {}),
    };
  });
}
