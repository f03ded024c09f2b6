import type { RelatedObject } from '#lib/crm/ports.ts';
import { readTimePoint, readTimeRange, writeTime } from './condition-times.ts';
import type { Filter } from './model.ts';
import { type Operation, readInList, readPropertyFilter } from './operations.ts';

/** Operators as the editor offers them. */
export const conditionOperators = [
  'choiceAny',
  'choiceAll',
  'choiceNone',
  'choiceEver',
  'textEquals',
  'textNotEquals',
  'textContains',
  'textNotContains',
  'textStarts',
  'textEnds',
  'numberEquals',
  'numberNotEquals',
  'numberGreater',
  'numberGreaterOrEqual',
  'numberLess',
  'numberLessOrEqual',
  'numberBetween',
  'yes',
  'no',
  'dayIs',
  'dayBefore',
  'dayAfter',
  'dayBetween',
  'agoMore',
  'agoLess',
  'known',
  'unknown',
  'segmentIn',
  'segmentNotIn',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

/**
 * A filter as the editor shows and writes it. Values are text: option values, numbers as digits, days as
 * `YYYY-MM-DD`, a list id. `property` is null for segment membership.
 */
export type Condition = {
  /** Whose property it is, where it is not the contact's own. */
  object?: RelatedObject;
  property: string | null;
  operator: ConditionOperator;
  values: string[];
  /** Whether contacts without a value in the property match as well. */
  includeBlank: boolean;
};

const textOperators = {
  IS_EQUAL_TO: 'textEquals',
  IS_NOT_EQUAL_TO: 'textNotEquals',
  CONTAINS: 'textContains',
  DOES_NOT_CONTAIN: 'textNotContains',
  STARTS_WITH: 'textStarts',
  ENDS_WITH: 'textEnds',
} as const;
const choiceOperators = {
  IS_ANY_OF: 'choiceAny',
  CONTAINS_ALL: 'choiceAll',
  IS_NONE_OF: 'choiceNone',
  HAS_EVER_BEEN_ANY_OF: 'choiceEver',
} as const;
const numberOperators = {
  IS_EQUAL_TO: 'numberEquals',
  IS_NOT_EQUAL_TO: 'numberNotEquals',
  IS_GREATER_THAN: 'numberGreater',
  IS_GREATER_THAN_OR_EQUAL_TO: 'numberGreaterOrEqual',
  IS_LESS_THAN: 'numberLess',
  IS_LESS_THAN_OR_EQUAL_TO: 'numberLessOrEqual',
} as const;

/** How the editor shows a filter; null if it cannot show it without changing what it says. */
export function readCondition(filter: Filter): Condition | null {
  const inList = readInList(filter);
  if (inList) {
    const operator = inList.isMember ? 'segmentIn' : 'segmentNotIn';
    return { property: null, operator, values: [inList.listId], includeBlank: false };
  }
  const known = readPropertyFilter(filter);
  if (!known) return null;
  const test = readTest(known.operation);
  if (!test) return null;
  const includeBlank = known.operation.includeObjectsWithNoValueSet;
  return { property: known.property, ...test, includeBlank };
}

export type Test = Pick<Condition, 'operator' | 'values'>;

function readTest(operation: Operation): Test | null {
  switch (operation.operationType) {
    case 'ALL_PROPERTY':
      if (operation.operator === 'IS_KNOWN') return { operator: 'known', values: [] };
      return operation.operator === 'IS_UNKNOWN' ? { operator: 'unknown', values: [] } : null;
    case 'STRING':
      return mapped(textOperators, operation.operator, [operation.value]);
    case 'MULTISTRING':
      return mapped(textOperators, operation.operator, operation.values);
    case 'NUMBER':
      return mapped(numberOperators, operation.operator, [String(operation.value)]);
    case 'NUMBER_RANGED':
      if (operation.operator !== 'IS_BETWEEN') return null;
      return {
        operator: 'numberBetween',
        values: [String(operation.lowerBound), String(operation.upperBound)],
      };
    case 'BOOL':
      return operation.operator === 'IS_EQUAL_TO'
        ? { operator: operation.value ? 'yes' : 'no', values: [] }
        : null;
    case 'ENUMERATION':
      return mapped(choiceOperators, operation.operator, operation.values);
    case 'TIME_POINT':
      return readTimePoint(operation);
    case 'TIME_RANGED':
      return readTimeRange(operation);
    default:
      return null;
  }
}

function mapped(
  table: Partial<Record<string, ConditionOperator>>,
  operator: string,
  values: string[],
): Test | null {
  const found = table[operator];
  return found ? { operator: found, values } : null;
}

/** Writes a complete condition as HubSpot's own screens do; days are those of `zoneId`, the account's. */
export function writeCondition(condition: Condition, zoneId: string): Filter {
  const { property, operator, values } = condition;
  if (property === null) {
    const inOrNot = operator === 'segmentNotIn' ? 'NOT_IN_LIST' : 'IN_LIST';
    return { filterType: 'IN_LIST', listId: values[0] ?? '', operator: inOrNot };
  }
  const operation = {
    ...writeOperation(operator, values, zoneId),
    includeObjectsWithNoValueSet: condition.includeBlank,
  };
  return { filterType: 'PROPERTY', property, operation };
}

function writeOperation(
  operator: ConditionOperator,
  values: string[],
  zoneId: string,
): Record<string, unknown> {
  const textual = keyOf(textOperators, operator);
  if (textual) return { operationType: 'MULTISTRING', operator: textual, values };
  const choice = keyOf(choiceOperators, operator);
  if (choice) return { operationType: 'ENUMERATION', operator: choice, values };
  const numeric = keyOf(numberOperators, operator);
  if (numeric) return { operationType: 'NUMBER', operator: numeric, value: Number(values[0]) };
  if (operator === 'numberBetween') {
    const [lowerBound, upperBound] = values.map(Number);
    return { operationType: 'NUMBER_RANGED', operator: 'IS_BETWEEN', lowerBound, upperBound };
  }
  if (operator === 'yes' || operator === 'no') {
    return { operationType: 'BOOL', operator: 'IS_EQUAL_TO', value: operator === 'yes' };
  }
  if (operator === 'known' || operator === 'unknown') {
    return { operationType: 'ALL_PROPERTY', operator: operator === 'known' ? 'IS_KNOWN' : 'IS_UNKNOWN' };
  }
  return writeTime(operator, values, zoneId);
}

function keyOf(table: Record<string, ConditionOperator>, operator: ConditionOperator): string | undefined {
  return Object.keys(table).find((key) => table[key] === operator);
}
