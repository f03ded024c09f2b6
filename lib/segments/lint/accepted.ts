import { compileProperty } from '../evaluate/property.ts';
import type { Operation } from '../filter/operations.ts';
import { rangeOf } from '../filter/to-search.ts';
import type { LintFacts, LintItem } from './facts.ts';
import { isRangeDisjoint, isRangeWithin, type Range } from './ranges.ts';
import { isApart, isPart, isSame } from './sets.ts';

/** Which values of a property a filter lets pass, as far as that can be compared with another filter. */
type ValueSet =
  | { kind: 'any' }
  | { kind: 'oneOf'; values: ReadonlySet<string> }
  | { kind: 'noneOf'; values: ReadonlySet<string> }
  | { kind: 'ranges'; ranges: Range[] }
  | { kind: 'checkboxes'; rule: 'any' | 'all' | 'none' | 'exactly'; values: ReadonlySet<string> }
  | { kind: 'test'; passes: (value: string) => boolean; fails: (value: string) => boolean }
  | { kind: 'none' };

export type Accepted = {
  /** Filters can be compared where this is the same: one property, or one list. */
  about: string;
  blank: boolean;
  values: ValueSet;
};

/** Null where a filter cannot be compared: former values, other objects, time zones of its own. */
export function acceptedBy(item: LintItem, facts: LintFacts): Accepted | null {
  if (item.inList) {
    const values = new Set([item.inList.isMember ? 'in' : 'out']);
    return { about: `list ${item.inList.listId}`, blank: false, values: { kind: 'oneOf', values } };
  }
  if (!item.property || item.onlyHubSpot) return null;
  const { property, operation } = item.property;
  const about = `property ${property}`;
  if (operation.operationType === 'ALL_PROPERTY') {
    const wantsValue = operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK';
    return { about, blank: !wantsValue, values: { kind: wantsValue ? 'any' : 'none' } };
  }
  const values = valuesOf(operation, facts.properties.get(property)?.type === 'multiChoice', facts, property);
  return values && { about, blank: operation.includeObjectsWithNoValueSet, values };
}

function valuesOf(
  operation: Operation,
  isCheckboxes: boolean,
  facts: LintFacts,
  property: string,
): ValueSet | null {
  const lower = (given: string[]) => new Set(given.map((text) => text.toLowerCase()));
  switch (operation.operationType) {
    case 'STRING':
    case 'MULTISTRING': {
      const given = lower(operation.operationType === 'STRING' ? [operation.value] : operation.values);
      if (operation.operator === 'IS_EQUAL_TO') return { kind: 'oneOf', values: given };
      if (operation.operator === 'IS_NOT_EQUAL_TO') return { kind: 'noneOf', values: given };
      return testOf(operation, facts, property);
    }
    case 'BOOL': {
      const wanted = String(operation.value === (operation.operator === 'IS_EQUAL_TO'));
      return { kind: 'oneOf', values: new Set([wanted]) };
    }
    case 'ENUMERATION':
      return choices(operation.operator, new Set(operation.values), isCheckboxes);
    case 'NUMBER':
      return numbers(operation.operator, operation.value);
    case 'NUMBER_RANGED': {
      const { lowerBound: low, upperBound: high } = operation;
      return { kind: 'ranges', ranges: between(operation.operator === 'IS_BETWEEN', low, high) };
    }
    default: {
      const range = rangeOf(operation, facts.clock);
      if (!range) return null;
      return { kind: 'ranges', ranges: [{ low: range[0], high: range[1] }] };
    }
  }
}

function testOf(operation: Operation, facts: LintFacts, property: string): ValueSet {
  const decide = compileProperty({ filterType: 'PROPERTY', property, operation }, facts.clock);
  const verdictOf = (value: string) => decide({ values: { [property]: value }, lists: null });
  return {
    kind: 'test',
    passes: (value) => verdictOf(value) === 'yes',
    fails: (value) => verdictOf(value) === 'no',
  };
}

const rules = { IS_ANY_OF: 'any', IS_NONE_OF: 'none', CONTAINS_ALL: 'all', IS_EXACTLY: 'exactly' } as const;

function choices(operator: string, values: Set<string>, isCheckboxes: boolean): ValueSet | null {
  const rule = rules[operator as keyof typeof rules];
  if (!rule) return null;
  if (isCheckboxes) return { kind: 'checkboxes', rule, values };
  if (rule === 'none') return { kind: 'noneOf', values };
  if (rule !== 'any' && values.size > 1) return { kind: 'none' };
  return { kind: 'oneOf', values };
}

function numbers(operator: string, value: number): ValueSet | null {
  const one = (low: number, high: number, more: Partial<Range> = {}): ValueSet => {
    return { kind: 'ranges', ranges: [{ low, high, ...more }] };
  };
  switch (operator) {
    case 'IS_EQUAL_TO':
      return one(value, value);
    case 'IS_NOT_EQUAL_TO':
      return { kind: 'ranges', ranges: between(false, value, value) };
    case 'IS_GREATER_THAN':
      return one(value, Infinity, { isLowOpen: true });
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return one(value, Infinity);
    case 'IS_LESS_THAN':
      return one(-Infinity, value, { isHighOpen: true });
    case 'IS_LESS_THAN_OR_EQUAL_TO':
      return one(-Infinity, value);
    default:
      return null;
  }
}

function between(isInside: boolean, low: number, high: number): Range[] {
  if (isInside) return [{ low, high }];
  return [
    { low: -Infinity, high: low, isHighOpen: true },
    { low: high, high: Infinity, isLowOpen: true },
  ];
}

/** True only if it is certain that no contact can pass both. */
export function excludeEachOther(a: Accepted, b: Accepted): boolean {
  return a.about === b.about && !(a.blank && b.blank) && isDisjoint(a.values, b.values);
}

/** True only if it is certain that whoever passes `inner` passes `outer`. */
export function isWithin(inner: Accepted, outer: Accepted): boolean {
  return inner.about === outer.about && (outer.blank || !inner.blank) && isSubset(inner.values, outer.values);
}

function isDisjoint(a: ValueSet, b: ValueSet): boolean {
  if (a.kind === 'none' || b.kind === 'none') return true;
  if (a.kind === 'oneOf') return isOutside(a.values, b);
  if (b.kind === 'oneOf') return isOutside(b.values, a);
  if (a.kind === 'ranges' && b.kind === 'ranges') return isRangeDisjoint(a.ranges, b.ranges);
  if (a.kind !== 'checkboxes' || b.kind !== 'checkboxes') return false;
  return checkboxesDisjoint(a, b) || checkboxesDisjoint(b, a);
}

/** Whether none of these values is in the other set. */
function isOutside(values: ReadonlySet<string>, other: ValueSet): boolean {
  if (other.kind === 'oneOf') return isApart(values, other.values);
  if (other.kind === 'noneOf') return isPart(values, other.values);
  return other.kind === 'test' && [...values].every(other.fails);
}

type Checkboxes = Extract<ValueSet, { kind: 'checkboxes' }>;

function checkboxesDisjoint(a: Checkboxes, b: Checkboxes): boolean {
  if (a.rule === 'any') return b.rule === 'none' && isPart(a.values, b.values);
  if (a.rule === 'all') return b.rule === 'none' && !isApart(a.values, b.values);
  if (a.rule === 'none') return false;
  if (b.rule === 'any') return isApart(a.values, b.values);
  if (b.rule === 'none') return !isApart(a.values, b.values);
  if (b.rule === 'all') return !isPart(b.values, a.values);
  return !isSame(a.values, b.values);
}

function isSubset(a: ValueSet, b: ValueSet): boolean {
  if (a.kind === 'none' || b.kind === 'any') return true;
  if (a.kind === 'oneOf') {
    if (b.kind === 'oneOf') return isPart(a.values, b.values);
    if (b.kind === 'noneOf') return isApart(a.values, b.values);
    return b.kind === 'test' && [...a.values].every(b.passes);
  }
  if (a.kind === 'noneOf') return b.kind === 'noneOf' && isPart(b.values, a.values);
  if (a.kind === 'ranges' && b.kind === 'ranges') return isRangeWithin(a.ranges, b.ranges);
  return a.kind === 'checkboxes' && b.kind === 'checkboxes' && checkboxesWithin(a, b);
}

function checkboxesWithin(a: Checkboxes, b: Checkboxes): boolean {
  const overlap = !isApart(a.values, b.values);
  if (b.rule === 'exactly') return a.rule === 'exactly' && isSame(a.values, b.values);
  if (b.rule === 'none') {
    if (a.rule === 'none') return isPart(b.values, a.values);
    return a.rule === 'exactly' && !overlap;
  }
  if (a.rule === 'none') return false;
  if (b.rule === 'all') return a.rule !== 'any' && isPart(b.values, a.values);
  return a.rule === 'any' ? isPart(a.values, b.values) : overlap;
}
