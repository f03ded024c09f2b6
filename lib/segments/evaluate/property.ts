import type { RelatedObject } from '#lib/crm/ports.ts';
import type { Operation, OperationOf, PropertyFilter } from '../filter/operations.ts';
import { compileDate } from './date-test.ts';
import type { Clock } from './dates.ts';
import { not, of, type Verdict, withoutOther } from './verdict.ts';

/** What is known of one contact. A property that is missing was not read; null or '' is blank. */
export type Person = {
  values: Readonly<Record<string, string | null | undefined>>;
  /** Ids of all lists the contact is in; null if they were not asked for. */
  lists: ReadonlySet<string> | null;
  /** The records it is associated with; an object that is missing was not read. */
  related?: Partial<Record<RelatedObject, readonly RelatedPerson[]>>;
};
export type RelatedPerson = Pick<Person, 'values' | 'lists'> & { typeIds: readonly number[] };

/** A filter made ready for many contacts. */
export type Decide = (person: Person) => Verdict;
/** A test of a value that is there. */
export type ValueTest = (value: string, person: Person) => Verdict;

const unknown = (): Verdict => 'unknown';

/** Whether contacts pass one PROPERTY filter. `unknown`: only HubSpot can tell. */
export function compileProperty({ property, operation }: PropertyFilter, clock: Clock): Decide {
  if (needsHistory(operation)) return unknown;
  if (operation.operationType === 'ALL_PROPERTY') {
    const wantsValue = operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK';
    return ({ values }) => {
      const value = values[property];
      return value === undefined ? 'unknown' : of((value === null || value === '') !== wantsValue);
    };
  }
  const test = compileValue(operation, clock);
  // HubSpot: a record without a value matches by this switch alone, for negative operators too.
  const whenBlank = of(operation.includeObjectsWithNoValueSet);
  return (person) => {
    const value = person.values[property];
    if (value === undefined) return 'unknown';
    return value === null || value === '' ? whenBlank : test(value, person);
  };
}

/** Operators that look at former values or at when a value was set. */
export function needsHistory(operation: Operation): boolean {
  if (/^HAS_(EVER|NEVER)_/.test(operation.operator)) return true;
  if (operation.operationType === 'TIME_POINT' || operation.operationType === 'TIME_RANGED') {
    return operation.propertyParser === 'UPDATED_AT';
  }
  return (
    operation.operationType === 'ROLLING_PROPERTY_UPDATED' ||
    operation.operationType === 'COMPARATIVE_PROPERTY_UPDATED'
  );
}

function compileValue(operation: Operation, clock: Clock): ValueTest {
  switch (operation.operationType) {
    case 'STRING':
      return compileText(operation.operator, [operation.value]);
    case 'MULTISTRING':
      return compileText(operation.operator, operation.values);
    case 'NUMBER':
      return ofNumber(compileNumber(operation));
    case 'NUMBER_RANGED': {
      const { lowerBound: low, upperBound: high } = operation;
      const wanted = operation.operator === 'IS_BETWEEN';
      return ofNumber((has) => (has >= low && has <= high) === wanted);
    }
    case 'BOOL': {
      const wanted = operation.operator === 'IS_EQUAL_TO';
      return (value) => of(((value.toLowerCase() === 'true') === operation.value) === wanted);
    }
    case 'ENUMERATION':
      return compileChoice(operation);
    case 'COMPARATIVE_STRING':
      return compileSameText(operation);
    default:
      return compileDate(operation, clock);
  }
}

/** Text is compared without regard to case; with several values, any of them (for negative ones, none). */
function compileText(operator: string, given: string[]): ValueTest {
  const wanted = given.map((text) => text.toLowerCase());
  const some = (test: (has: string, text: string) => boolean): ValueTest => {
    const [only] = wanted;
    if (wanted.length === 1 && only !== undefined) return (value) => of(test(value.toLowerCase(), only));
    return (value) => {
      const has = value.toLowerCase();
      return of(wanted.some((text) => test(has, text)));
    };
  };
  const negated = (test: ValueTest): ValueTest => {
    return (value, person) => not(test(value, person));
  };
  const exact = new Set(wanted);
  const equals: ValueTest = (value) => of(exact.has(value.toLowerCase()));
  const contains = some((has, text) => has.includes(text));
  switch (operator) {
    case 'IS_EQUAL_TO':
      return equals;
    case 'IS_NOT_EQUAL_TO':
      return negated(equals);
    case 'CONTAINS':
      return contains;
    case 'DOES_NOT_CONTAIN':
      return negated(contains);
    case 'STARTS_WITH':
      return some((has, text) => has.startsWith(text));
    case 'ENDS_WITH':
      return some((has, text) => has.endsWith(text));
    default:
      return unknown;
  }
}

function ofNumber(test: (has: number) => boolean): ValueTest {
  return (value) => {
    const has = Number(value);
    return Number.isNaN(has) ? 'unknown' : of(test(has));
  };
}

function compileNumber({ operator, value: wanted }: OperationOf<'NUMBER'>): (has: number) => boolean {
  switch (operator) {
    case 'IS_EQUAL_TO':
      return (has) => has === wanted;
    case 'IS_NOT_EQUAL_TO':
      return (has) => has !== wanted;
    case 'IS_GREATER_THAN':
      return (has) => has > wanted;
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return (has) => has >= wanted;
    case 'IS_LESS_THAN':
      return (has) => has < wanted;
    default:
      return (has) => has <= wanted;
  }
}

/** Option values compare with case; a multi-select holds several, joined by semicolons. */
function compileChoice(operation: OperationOf<'ENUMERATION'>): ValueTest {
  const wanted = new Set(operation.values);
  const any: ValueTest = (value) => {
    if (!value.includes(';') && value.trim() === value) return of(wanted.has(value));
    return of(itemsOf(value).some((item) => wanted.has(item)));
  };
  const every: ValueTest = (value) => {
    const has = new Set(itemsOf(value));
    return of(operation.values.every((item) => has.has(item)));
  };
  const exactly: ValueTest = (value) => {
    const has = new Set(itemsOf(value));
    return of(has.size === wanted.size && operation.values.every((item) => has.has(item)));
  };
  switch (operation.operator) {
    case 'IS_ANY_OF':
      return any;
    case 'IS_NONE_OF':
      return (value, person) => not(any(value, person));
    case 'CONTAINS_ALL':
      return every;
    case 'DOES_NOT_CONTAIN_ALL':
      return (value, person) => not(every(value, person));
    case 'IS_EXACTLY':
      return exactly;
    case 'IS_NOT_EXACTLY':
      return (value, person) => not(exactly(value, person));
    default:
      return unknown;
  }
}

function itemsOf(value: string): string[] {
  return value
    .split(';')
    .map((item) => item.trim())
    .filter(Boolean);
}

function compileSameText(operation: OperationOf<'COMPARATIVE_STRING'>): ValueTest {
  return (value, person) => {
    const other = person.values[operation.comparisonPropertyName];
    if (other === undefined) return 'unknown';
    const wanted = other || operation.defaultComparisonValue;
    if (!wanted) return withoutOther(operation);
    return of(wanted.toLowerCase() === value.toLowerCase());
  };
}
