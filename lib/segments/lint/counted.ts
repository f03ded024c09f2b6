import { valueKind } from '../property-types.ts';
import { withOperation } from './broken.ts';
import {
  allItems,
  found,
  type LintContext,
  type LintItem,
  number,
  propertyValue,
  text,
  whole,
} from './facts.ts';
import type { Lint, LintValue } from './schemas.ts';

const known = (property: string) => ({
  filterType: 'PROPERTY',
  property,
  operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN', includeObjectsWithNoValueSet: false },
});

/** 6 and 7: nobody, or everybody. */
export function nobodyOrEveryone({ facts, groups }: LintContext): Lint[] {
  const { sizes } = facts;
  if (!sizes || sizes.total === null || groups.length === 0) return [];
  if (sizes.total === 0) return [found(6, 'nobody', whole)];
  return sizes.total === sizes.of ? [found(7, 'everyone', whole)] : [];
}

const negative = /_NOT_|^DOES_NOT_|_NONE_|_NEVER_/;

/** 8: a negative filter that lets blanks pass. */
export function blanks(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    const operation = item.property?.operation;
    const isOpen = operation?.includeObjectsWithNoValueSet && negative.test(operation.operator);
    if (!item.property || !isOpen || wantsValue(context, item)) return [];
    const { property } = item.property;
    const count = item.size?.blank ?? null;
    if (count === 0) return [];
    const { group } = item.path;
    const action = { kind: 'add' as const, group, filter: known(property), word: 'addKnown' as const };
    const values: Record<string, LintValue> = { property: propertyValue(property) };
    if (count === null) return [found(8, 'blanksTooUncounted', item.path, values, action, item.json)];
    return [found(8, 'blanksToo', item.path, { ...values, count: number(count) }, action, item.json)];
  });
}

/** Whether another filter of the group keeps blanks out already. */
function wantsValue({ groups }: LintContext, { path, property }: LintItem): boolean {
  const others = (groups[path.group] ?? []).filter((other) => other.path.item !== path.item);
  return others.some(({ property: other }) => {
    if (!other || other.property !== property?.property) return false;
    const { operator, includeObjectsWithNoValueSet } = other.operation;
    if (operator === 'IS_UNKNOWN' || operator === 'IS_BLANK') return false;
    return operator === 'IS_KNOWN' || operator === 'IS_NOT_BLANK' || !includeObjectsWithNoValueSet;
  });
}

/** 10: members who cannot sync. */
export function withoutEmail({ facts }: LintContext): Lint[] {
  const count = facts.sizes?.withoutEmail ?? 0;
  if (count === 0) return [];
  const action = { kind: 'add' as const, group: null, filter: known('email'), word: 'addEmail' as const };
  return [found(10, 'noEmail', whole, { count: number(count) }, action)];
}

/** 14: spaces at an end, or a spelling that nobody uses while a similar one is in use. */
export function misspelt(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    const given = textsOf(item);
    const spaced = given.find((value) => value !== value.trim() && value.trim() !== '');
    if (spaced !== undefined) {
      const message = spaced === spaced.trimStart() ? 'spaceAtEnd' : 'spaceAtStart';
      return [corrected(item, message, { value: text(spaced) }, spaced, spaced.trim())];
    }
    const other = given.map((value) => ({ value, similar: similarTo(item, value, context) }));
    const wrong = other.find(({ similar }) => similar !== null);
    if (!wrong?.similar) return [];
    const values = { value: text(wrong.value), other: text(wrong.similar) };
    return [corrected(item, 'didYouMean', values, wrong.value, wrong.similar)];
  });
}

function textsOf({ property }: LintItem): string[] {
  const operation = property?.operation;
  if (!operation || !['STRING', 'MULTISTRING', 'ENUMERATION'].includes(operation.operationType)) return [];
  if ('values' in operation) return operation.values;
  return 'value' in operation ? [String(operation.value)] : [];
}

function similarTo(item: LintItem, value: string, { facts }: LintContext): string | null {
  const counted = item.size?.values.find((each) => each.value === value);
  if (counted) return counted.count === 0 ? counted.similar : null;
  const options = facts.properties.get(item.property?.property ?? '')?.options ?? [];
  const isChoice = item.property?.operation.operationType === 'ENUMERATION';
  if (!isChoice || options.some((option) => option.value === value)) return null;
  return options.find((option) => option.value.toLowerCase() === value.toLowerCase())?.value ?? null;
}

function corrected(
  item: LintItem,
  message: Lint['message'],
  values: Record<string, LintValue>,
  from: string,
  to: string,
): Lint {
  const operation = item.property?.operation;
  const isList = operation !== undefined && 'values' in operation;
  const change = isList
    ? { values: [...new Set(operation.values.map((value) => (value === from ? to : value)))] }
    : { value: to };
  const filter = withOperation(item, change);
  return found(
    14,
    message,
    item.path,
    values,
    { kind: 'replace', path: item.path, filter, word: 'correct' },
    item.json,
  );
}

/** 18: values that nobody has. */
export function unusedValues(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    const kind = item.condition && valueKind(item.condition.operator);
    if (!item.size || !item.condition || (kind !== 'options' && kind !== 'texts')) return [];
    const options = context.facts.properties.get(item.condition.property ?? '')?.options ?? [];
    // A value that is no option any more is told by 1.
    const isGone = (given: string) =>
      kind === 'options' && options.length > 0 && !options.some(({ value }) => value === given);
    const unused = item.size.values.filter(({ value, count, similar }) => {
      return count === 0 && similar === null && !isGone(value);
    });
    if (unused.length === 0) return [];
    const value: LintValue = {
      kind: 'options',
      property: kind === 'options' ? item.condition.property : null,
      values: unused.map((each) => each.value),
    };
    return [found(18, 'valueUnused', item.path, { value }, null, item.json)];
  });
}

const objects: Record<string, 'company' | 'deal'> = { '0-2': 'company', '0-3': 'deal' };

/** 25: contacts without a company or deal never match a filter on it. */
export function aboutOthers(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    const { json } = item;
    const object = 'objectTypeId' in json ? objects[String(json.objectTypeId)] : undefined;
    const isPositive = !('operator' in json) || json.operator !== 'NOT_IN_LIST';
    if (!item.isBranch || !object || !isPositive) return [];
    const count = context.facts.withoutObject?.[object];
    if (count === 0) return [];
    const values: Record<string, LintValue> = { object: { kind: 'object', object } };
    if (count === undefined) return [found(25, 'withoutObjectUncounted', item.path, values, null, json)];
    return [found(25, 'withoutObject', item.path, { ...values, count: number(count) }, null, json)];
  });
}
