import type { ObjectStore } from '../objects/object-store.ts';
import { type Filter, MONTHS, type Operation, operationRules } from './filter-types.ts';
import { asObject, type Json, parseRefineBy, refuse } from './parse-parts.ts';

const TIME_UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

/** Checks a filter on a property: that the operation exists, fits the property and has its values. */
export function parseProperty(store: ObjectStore, filter: Json): Filter {
  const name = String(filter.property).toLowerCase();
  const property = store.property(name);
  if (!property) throw refuse(`property ${filter.property} does not exist`);
  const operation = asObject(filter.operation, 'operation');
  const type = String(operation.operationType ?? operation.type);
  const rule = operationRules[type];
  if (!rule) throw refuse(`operationType ${type} is not supported`);
  if (!rule.operators.includes(String(operation.operator))) {
    throw refuse(`operator ${operation.operator} is not one of [${rule.operators.join(', ')}] for ${type}`);
  }
  const ofUpdate = operation.propertyParser === 'UPDATED_AT';
  const timed = type === 'TIME_POINT' || type === 'TIME_RANGED';
  const on = timed && !ofUpdate ? ['date', 'datetime'] : rule.on;
  if (on && !on.includes(property.type)) {
    throw refuse(`operationType ${type} cannot be used on property ${name} of type ${property.type}`);
  }
  for (const [field, kind] of Object.entries(rule.required)) checkKind(type, field, kind, operation[field]);
  checkDetails(store, type, operation);
  const includeObjectsWithNoValueSet = operation.includeObjectsWithNoValueSet === true;
  return {
    ...{ filterType: 'PROPERTY', property: name },
    operation: { ...operation, operationType: type, includeObjectsWithNoValueSet } as unknown as Operation,
    ...parseRefineBy(filter),
  };
}

function checkKind(type: string, field: string, kind: string, value: unknown) {
  const strings = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
  const fits =
    kind === 'strings'
      ? strings
      : kind === 'object'
        ? typeof value === 'object' && value !== null
        : typeof value === kind;
  if (!fits)
    throw refuse(
      `${field} is required for ${type} and must be ${kind === 'strings' ? 'a list of strings' : `a ${kind}`}`,
    );
}

function checkDetails(store: ObjectStore, type: string, operation: Json) {
  if (type === 'DATE' && !MONTHS.includes(String(operation.month).toUpperCase())) {
    throw refuse(`month ${operation.month} is not the name of a month`);
  }
  if (type === 'CALENDAR_DATE' && !TIME_UNITS.includes(String(operation.timeUnit))) {
    throw refuse(`timeUnit ${operation.timeUnit} is not one of [${TIME_UNITS.join(', ')}]`);
  }
  const other = operation.comparisonPropertyName;
  if (other !== undefined && !store.property(String(other))) throw refuse(`property ${other} does not exist`);
  for (const field of ['timePoint', 'lowerBoundTimePoint', 'upperBoundTimePoint']) {
    if (operation[field] !== undefined) checkTimePoint(asObject(operation[field], field));
  }
}

function checkTimePoint(point: Json) {
  if (!['DATE', 'INDEXED', 'PROPERTY_REFERENCED'].includes(String(point.timeType))) {
    throw refuse(`timeType ${point.timeType} is not one of [DATE, INDEXED, PROPERTY_REFERENCED]`);
  }
  if (point.timeType === 'INDEXED' && typeof point.indexReference !== 'object') {
    throw refuse('indexReference is required for an INDEXED time point');
  }
  if (point.zoneId === undefined) return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: String(point.zoneId) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse(`zoneId ${point.zoneId} is not a time zone`);
  }
}
