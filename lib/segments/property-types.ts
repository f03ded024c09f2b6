import type { HubSpotProperty } from '#lib/crm/ports.ts';
import type { ConditionOperator } from './filter/condition.ts';
import type { Property, PropertyType } from './schemas.ts';

/** How filters treat a property; null for internal types that HubSpot's own filters do not offer. */
export function propertyType(
  property: Pick<HubSpotProperty, 'type' | 'fieldType' | 'referencedObjectType'>,
): PropertyType | null {
  switch (property.type) {
    case 'enumeration':
      if (property.referencedObjectType === 'OWNER') return 'owner';
      return property.fieldType === 'checkbox' ? 'multiChoice' : 'choice';
    case 'bool':
      return 'yesNo';
    case 'number':
      return 'number';
    case 'date':
      return 'date';
    case 'datetime':
      return 'dateTime';
    case 'string':
    case 'phone_number':
      return 'text';
    default:
      return null;
  }
}

export function toProperty(property: HubSpotProperty): Property | null {
  const type = propertyType(property);
  if (type === null) return null;
  const { name, label, groupName, options, hidden } = property;
  return { name, label: label || name, type, group: groupName, options, isHidden: hidden };
}

const days: ConditionOperator[] = [
  'dayIs',
  'dayBefore',
  'dayAfter',
  'dayBetween',
  'agoMore',
  'agoLess',
  'known',
  'unknown',
];
const choices: ConditionOperator[] = ['choiceAny', 'choiceNone', 'choiceEver', 'known', 'unknown'];

/** The operators that the editor offers for a property. */
export const operatorsOf: Record<PropertyType | 'segment', readonly ConditionOperator[]> = {
  choice: choices,
  owner: choices,
  multiChoice: ['choiceAny', 'choiceAll', 'choiceNone', 'known', 'unknown'],
  text: [
    'textEquals',
    'textNotEquals',
    'textContains',
    'textNotContains',
    'textStarts',
    'textEnds',
    'known',
    'unknown',
  ],
  number: [
    'numberEquals',
    'numberNotEquals',
    'numberGreater',
    'numberGreaterOrEqual',
    'numberLess',
    'numberLessOrEqual',
    'numberBetween',
    'known',
    'unknown',
  ],
  date: days,
  dateTime: days,
  yesNo: ['yes', 'no', 'unknown'],
  segment: ['segmentIn', 'segmentNotIn'],
};

export type ValueKind =
  | 'none'
  | 'options'
  | 'texts'
  | 'number'
  | 'numbers'
  | 'day'
  | 'days'
  | 'count'
  | 'segment';

/** Which values an operator takes. */
export function valueKind(operator: ConditionOperator): ValueKind {
  if (operator.startsWith('choice')) return 'options';
  if (operator.startsWith('text')) return 'texts';
  if (operator === 'numberBetween') return 'numbers';
  if (operator.startsWith('number')) return 'number';
  if (operator === 'dayBetween') return 'days';
  if (operator.startsWith('day')) return 'day';
  if (operator.startsWith('ago')) return 'count';
  return operator.startsWith('segment') ? 'segment' : 'none';
}

/** Negative operators, for which it matters whether contacts without a value match. */
export function isNegative(operator: ConditionOperator): boolean {
  return ['choiceNone', 'textNotEquals', 'textNotContains', 'numberNotEquals'].includes(operator);
}

export type ConditionProblem = 'needsValue' | 'needsNumber' | 'needsDay' | 'needsCount' | 'upsideDown';

/** What is missing or wrong in the values of a condition; null if it can be applied. */
export function conditionProblem(
  operator: ConditionOperator,
  values: readonly string[],
): ConditionProblem | null {
  const [first = '', second = ''] = values;
  const isNumber = (text: string) =>
    /^-?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER;
  switch (valueKind(operator)) {
    case 'none':
      return null;
    case 'options':
    case 'texts':
    case 'segment':
      return values.some((value) => value.trim() !== '') ? null : 'needsValue';
    case 'number':
      return isNumber(first) ? null : 'needsNumber';
    case 'numbers':
      if (!isNumber(first) || !isNumber(second)) return 'needsNumber';
      return Number(first) > Number(second) ? 'upsideDown' : null;
    case 'day':
      return isDay(first) ? null : 'needsDay';
    case 'days':
      if (!isDay(first) || !isDay(second)) return 'needsDay';
      return first > second ? 'upsideDown' : null;
    case 'count':
      return /^[1-9]\d{0,4}$/.test(first) ? null : 'needsCount';
  }
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
