import type { ObjectStore } from '../objects/object-store.ts';
import type { CrmRecord, Property } from '../objects/types.ts';
import { historyOf } from '../objects/write.ts';
import { matchesDate } from './date-operation.ts';
import type { Operation } from './filter-types.ts';
import type { TimeContext } from './time-points.ts';
import { fromWall } from './zone.ts';

export interface PropertyContext {
  store: ObjectStore;
  record: CrmRecord;
  now: number;
  zone: string;
}

/**
 * Does the record pass a property filter? A record without a value passes only when the operation says
 * `includeObjectsWithNoValueSet`, also under the negative operators. Text is compared without regard to case.
 */
export function matchesProperty(context: PropertyContext, name: string, operation: Operation): boolean {
  const { store, record } = context;
  const property = store.property(name);
  const time = store.timeOf(record, name);
  if (operation.operationType === 'ALL_PROPERTY') {
    const known = time !== undefined || store.value(record, name) !== undefined;
    return known === ['IS_KNOWN', 'IS_NOT_BLANK'].includes(operation.operator);
  }
  if (!property) return operation.includeObjectsWithNoValueSet;
  const isDate = !PLAIN.has(operation.operationType);
  if (isDate && time !== undefined && !operation.operator.startsWith('HAS_')) {
    return matchesDate(timeContext(context), property, operation);
  }
  const value = store.value(record, name);
  if (operation.operator.startsWith('HAS_')) return matchesHistory(context, name, value, operation);
  if (value === undefined) return operation.includeObjectsWithNoValueSet;
  switch (operation.operationType) {
    case 'STRING':
    case 'MULTISTRING':
      return matchesText(value, operation);
    case 'NUMBER':
    case 'NUMBER_RANGED':
      return matchesNumber(Number(value), operation);
    case 'BOOL':
      return (value === String(operation.value)) === (operation.operator === 'IS_EQUAL_TO');
    case 'ENUMERATION':
      return matchesEnumeration(value, operation.operator, operation.values ?? []);
    case 'COMPARATIVE_STRING': {
      const other =
        store.value(record, operation.comparisonPropertyName ?? '') ?? operation.defaultComparisonValue;
      if (other === undefined) return operation.includeObjectsWithNoValueSet;
      return (value.toLowerCase() === other.toLowerCase()) === (operation.operator === 'IS_EQUAL_TO');
    }
    default:
      return matchesDate(timeContext(context), property, operation);
  }
}

/** The operations on the text of a value; all others are about times. */
const PLAIN = new Set([
  ...['STRING', 'MULTISTRING', 'NUMBER', 'NUMBER_RANGED', 'BOOL', 'ENUMERATION', 'COMPARATIVE_STRING'],
]);

const NEGATIVE = /^(IS_NOT_|DOES_NOT_|IS_NONE_|HAS_NEVER_)/;

function matchesText(value: string, operation: Operation): boolean {
  const { operator } = operation;
  const text = value.toLowerCase();
  const wanted = operation.values ?? [String(operation.value ?? '')];
  return wanted.some((each) => meetsText(text, operator, each.toLowerCase())) !== NEGATIVE.test(operator);
}

function meetsText(text: string, operator: string, wanted: string): boolean {
  switch (operator) {
    case 'STARTS_WITH':
      return text.startsWith(wanted);
    case 'ENDS_WITH':
      return text.endsWith(wanted);
    case 'CONTAINS':
    case 'DOES_NOT_CONTAIN':
      return text.includes(wanted);
    case 'CONTAINS_EXACTLY':
    case 'DOES_NOT_CONTAIN_EXACTLY':
      return containsWords(text, wanted);
    default:
      return text === wanted;
  }
}

/** The phrase occurs with no letter or digit beside it. */
function containsWords(text: string, phrase: string): boolean {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

function matchesNumber(value: number, operation: Operation): boolean {
  const { operator, lowerBound = 0, upperBound = 0 } = operation;
  const wanted = Number(operation.value);
  switch (operator) {
    case 'IS_EQUAL_TO':
      return value === wanted;
    case 'IS_NOT_EQUAL_TO':
      return value !== wanted;
    case 'IS_GREATER_THAN':
      return value > wanted;
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return value >= wanted;
    case 'IS_LESS_THAN':
      return value < wanted;
    case 'IS_LESS_THAN_OR_EQUAL_TO':
      return value <= wanted;
    default:
      return (value >= lowerBound && value <= upperBound) === (operator === 'IS_BETWEEN');
  }
}

function matchesEnumeration(value: string, operator: string, values: readonly string[]): boolean {
  const has = new Set(value.split(';'));
  switch (operator) {
    case 'IS_ANY_OF':
      return values.some((each) => has.has(each));
    case 'IS_NONE_OF':
      return !values.some((each) => has.has(each));
    case 'IS_EXACTLY':
      return isExactly(has, values);
    case 'IS_NOT_EXACTLY':
      return !isExactly(has, values);
    case 'CONTAINS_ALL':
      return values.every((each) => has.has(each));
    default:
      return !values.every((each) => has.has(each));
  }
}

function isExactly(has: Set<string>, values: readonly string[]): boolean {
  const wanted = new Set(values);
  return wanted.size === has.size && [...wanted].every((each) => has.has(each));
}

/** `HAS_EVER_...` looks at every value the property ever had; one that never had any has no value set. */
function matchesHistory(
  { record, store }: PropertyContext,
  name: string,
  value: string | undefined,
  operation: Operation,
): boolean {
  const stored = historyOf(record, name).map((entry) => entry.value);
  const ever = stored.length > 0 || value === undefined ? stored : [value];
  const values = ever.filter((each) => each !== '');
  if (values.length === 0) return operation.includeObjectsWithNoValueSet;
  const isNumber = store.property(name)?.type === 'number';
  const found = values.some((each) => meetsEver(each, operation, isNumber));
  return found !== NEGATIVE.test(operation.operator);
}

function meetsEver(value: string, operation: Operation, isNumber: boolean): boolean {
  switch (operation.operator) {
    case 'HAS_EVER_BEEN_EQUAL_TO':
    case 'HAS_NEVER_BEEN_EQUAL_TO':
      if (isNumber) return Number(value) === Number(operation.value);
      return value.toLowerCase() === String(operation.value).toLowerCase();
    case 'HAS_EVER_CONTAINED':
    case 'HAS_NEVER_CONTAINED':
      return value.toLowerCase().includes(String(operation.value).toLowerCase());
    case 'HAS_EVER_BEEN_ANY_OF':
    case 'HAS_NEVER_BEEN_ANY_OF':
      return matchesEnumeration(value, 'IS_ANY_OF', operation.values ?? []);
    case 'HAS_EVER_BEEN_EXACTLY':
    case 'HAS_NEVER_BEEN_EXACTLY':
      return matchesEnumeration(value, 'IS_EXACTLY', operation.values ?? []);
    default:
      return matchesEnumeration(value, 'CONTAINS_ALL', operation.values ?? []);
  }
}

/** When the property was last changed, in ms; undefined when it never had a value. */
function updatedAt(record: CrmRecord, name: string, value: string | undefined): number | undefined {
  return historyOf(record, name)[0]?.timestamp ?? (value === undefined ? undefined : record.updatedAt);
}

function timeContext({ store, record, now, zone }: PropertyContext): TimeContext {
  return {
    now,
    zone,
    read(name, what) {
      const time = store.timeOf(record, name);
      if (time !== undefined && what === 'VALUE') return time;
      const value = store.value(record, name);
      if (what === 'UPDATED_AT') return updatedAt(record, name, value);
      const property = store.property(name);
      return value === undefined || !property ? undefined : momentOf(property, value, zone);
    },
  };
}

/** A date counts from its midnight in the account's time zone. */
function momentOf(property: Property, value: string, zone: string): number | undefined {
  if (property.type === 'date') {
    const [year = 0, month = 1, day = 1] = value.slice(0, 10).split('-').map(Number);
    return fromWall(zone, { year, month, day });
  }
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}
