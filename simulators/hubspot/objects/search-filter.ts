import { invalid } from '../http/errors.ts';
import type { ObjectStore } from './object-store.ts';
import type { CrmRecord, Property } from './types.ts';

export type Condition = (record: CrmRecord) => boolean;

interface Filter {
  propertyName?: unknown;
  operator?: unknown;
  value?: unknown;
  highValue?: unknown;
  values?: unknown;
}

const OPERATORS = [
  ...['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'],
  ...['CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'],
];

/** Groups are joined by OR, the filters of a group by AND. Refuses more than 5 groups, 6 filters each, 18 in all. */
export function compileGroups(store: ObjectStore, input: unknown): Condition {
  if (!Array.isArray(input)) throw invalid('filterGroups must be a list');
  if (input.length > 5) throw invalid('Too many filter groups: 5 are allowed at most');
  const groups = input.map((group: { filters?: unknown }) => {
    const filters = group?.filters ?? [];
    if (!Array.isArray(filters)) throw invalid('filters must be a list');
    if (filters.length > 6) throw invalid('Too many filters in a group: 6 are allowed at most');
    return filters as Filter[];
  });
  if (groups.flat().length > 18) throw invalid('Too many filters: 18 are allowed at most');
  const conditions = groups.map((filters) => filters.map((filter) => compile(store, filter)));
  if (conditions.length === 0) return () => true;
  return (record) => conditions.some((group) => group.every((condition) => condition(record)));
}

function compile(store: ObjectStore, filter: Filter): Condition {
  const operator = String(filter.operator ?? '').toUpperCase();
  if (!OPERATORS.includes(operator)) {
    throw invalid(`Invalid input JSON: ${filter.operator} is not one of [${OPERATORS.join(', ')}]`);
  }
  const name = String(filter.propertyName ?? '').toLowerCase();
  if (name.startsWith('associations.')) return associated(store, name, operator, filter);
  const property = store.property(name);
  if (!property) {
    throw invalid(`There was a problem with the request: property ${filter.propertyName} does not exist`);
  }
  if (operator === 'HAS_PROPERTY') return (record) => store.value(record, name) !== undefined;
  if (operator === 'NOT_HAS_PROPERTY') return (record) => store.value(record, name) === undefined;
  if (operator === 'IN' || operator === 'NOT_IN') return membership(store, property, operator, filter);
  if (operator.endsWith('CONTAINS_TOKEN')) return token(store, name, operator, filter);
  return comparison(store, property, operator, filter);
}

function given(filter: Filter, field: 'value' | 'highValue'): string {
  const value = filter[field];
  if (value === undefined || value === null || value === '') {
    throw invalid(`Invalid filter: ${field} is required for the operator ${filter.operator}`);
  }
  return String(value);
}

function comparison(store: ObjectStore, property: Property, operator: string, filter: Filter): Condition {
  const low = comparable(property, given(filter, 'value'));
  const high = operator === 'BETWEEN' ? comparable(property, given(filter, 'highValue')) : undefined;
  const read = reader(store, property);
  return (record) => {
    const value = read(record);
    if (value === undefined) return false;
    switch (operator) {
      case 'EQ':
        return (
          value === low ||
          (property.fieldType === 'checkbox' && String(value).split(';').includes(String(low)))
        );
      case 'NEQ':
        return value !== low;
      case 'LT':
        return value < low;
      case 'LTE':
        return value <= low;
      case 'GT':
        return value > low;
      case 'GTE':
        return value >= low;
      default:
        return value >= low && high !== undefined && value <= high;
    }
  };
}

/** Text of text properties is compared without regard to case, enumerations with it; times and numbers as numbers. */
function comparable(property: Property, text: string): string | number {
  if (property.type === 'enumeration' || property.type === 'bool') return text;
  if (property.type === 'number') {
    if (Number.isNaN(Number(text))) throw invalid(`${text} is not a valid number for ${property.name}`);
    return Number(text);
  }
  if (property.type !== 'date' && property.type !== 'datetime') return text.toLowerCase();
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(`${text} is not a valid date for ${property.name}`);
  return ms;
}

function reader(store: ObjectStore, property: Property): (record: CrmRecord) => string | number | undefined {
  const { name, type } = property;
  if (name === store.type.modified || name === 'hs_lastmodifieddate') return (record) => record.updatedAt;
  if (name === 'createdate' || name === 'hs_createdate') return (record) => record.createdAt;
  const kind = type === 'enumeration' || type === 'bool' ? 'exact' : type;
  return (record) => {
    const value = store.value(record, name);
    if (value === undefined || kind === 'exact') return value;
    if (kind === 'number') return Number(value);
    return kind === 'date' || kind === 'datetime' ? Date.parse(value) : value.toLowerCase();
  };
}

function membership(store: ObjectStore, property: Property, operator: string, filter: Filter): Condition {
  if (!Array.isArray(filter.values) || filter.values.length === 0) {
    throw invalid(`Invalid filter: values is required for the operator ${operator}`);
  }
  const texts = filter.values.map(String);
  const text = property.type === 'string' || property.type === 'phone_number';
  // Values for text properties must come in lower case: others simply never match.
  const wanted = new Set(text ? texts : texts.map((value) => comparable(property, value)));
  const read = reader(store, property);
  return (record) => {
    const value = read(record);
    if (value === undefined) return false;
    const values = property.fieldType === 'checkbox' ? String(value).split(';') : [value];
    return values.some((each) => wanted.has(each)) === (operator === 'IN');
  };
}

/** Whole words; `*` stands for any characters. */
function token(store: ObjectStore, name: string, operator: string, filter: Filter): Condition {
  const escaped = given(filter, 'value')
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(^|[^\\p{L}\\p{N}])${escaped.join('.*')}($|[^\\p{L}\\p{N}])`, 'u');
  return (record) => {
    const value = store.value(record, name);
    if (value === undefined) return false;
    return pattern.test(value.toLowerCase()) === (operator === 'CONTAINS_TOKEN');
  };
}

function associated(store: ObjectStore, name: string, operator: string, filter: Filter): Condition {
  if (operator !== 'EQ' && operator !== 'IN') throw invalid(`${name} supports EQ only`);
  const type = store.portal.objects(name.slice('associations.'.length)).type;
  const ids = Array.isArray(filter.values) ? filter.values.map(String) : [given(filter, 'value')];
  const { associations } = store.portal;
  return (record) => ids.some((id) => associations.links(store.type.id, record.id, type.id, id).length > 0);
}
