import { toId18 } from '../ids.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, FieldType, SObject } from '../metadata/types.ts';
import { parseDate, parseDateTime, stamp } from '../records/dates.ts';
import type { ReadValue } from '../records/read.ts';
import type { Comparison, Condition, Literal } from './ast.ts';
import { dateLiteralSpan, toMoments } from './date-literals.ts';
import { fieldRefused, operatorRefused } from './errors.ts';
import { likePattern, unescapeText } from './literals.ts';
import { type QueryScope, resolveTarget } from './resolve.ts';

export type Predicate = (row: SObject) => boolean;
type Test = (value: ReadValue) => boolean;
/** Answers the distinct values that a semi-join's inner query selects. */
export type RunSubquery = (comparison: Comparison) => Set<string>;

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'double', 'currency', 'percent']);
const IDS: ReadonlySet<FieldType> = new Set(['id', 'reference']);
const ORDERED = new Set(['<', '>', '<=', '>=']);

/** Compiles a condition to a test of one row; types and operators are checked before any row is read. */
export function compileCondition(
  scope: QueryScope,
  info: ObjectInfo,
  condition: Condition,
  run: RunSubquery,
): Predicate {
  if (condition.kind === 'not') {
    const part = compileCondition(scope, info, condition.part, run);
    return (row) => !part(row);
  }
  if (condition.kind === 'compare') {
    const resolved = resolveTarget(scope, info, condition.target);
    if (!resolved.def.filterable) {
      const text = `field '${resolved.def.name}' can not be filtered in a query call`;
      throw fieldRefused(scope.soql, condition.target.written, text);
    }
    const test = compileTest(scope, resolved.def, condition, run);
    return (row) => test(resolved.read(row));
  }
  const parts = condition.parts.map((part) => compileCondition(scope, info, part, run));
  return condition.kind === 'and'
    ? (row) => parts.every((part) => part(row))
    : (row) => parts.some((part) => part(row));
}

/** The test that one comparison makes of a value of this field (also used for HAVING). */
export function compileTest(
  scope: QueryScope,
  def: FieldDef,
  comparison: Comparison,
  run: RunSubquery,
): Test {
  const { operator } = comparison;
  if (comparison.subquery !== null) {
    const wanted = run(comparison);
    const isIn: Test = (value) => value !== null && wanted.has(String(value));
    return operator === 'NOT IN' ? (value) => !isIn(value) : isIn;
  }
  if (operator === 'LIKE') return likeTest(scope, def, comparison);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return setTest(scope, def, comparison);
  if (operator === 'IN' || operator === 'NOT IN') {
    const tests = comparison.values.map((literal) => literalTest(scope, def, comparison, '=', literal));
    const simple = simpleSet(def, comparison);
    const isIn: Test = simple ?? ((value) => tests.some((test) => test(value)));
    return operator === 'NOT IN' ? (value) => !isIn(value) : isIn;
  }
  const [literal] = comparison.values;
  if (literal === undefined) throw fieldRefused(scope.soql, comparison.target.written, 'missing value');
  return literalTest(scope, def, comparison, operator, literal);
}

/** Long IN lists of texts or ids become one set instead of many tests. */
function simpleSet(def: FieldDef, comparison: Comparison): Test | null {
  if (comparison.values.some((literal) => literal.kind !== 'string')) return null;
  if (IDS.has(def.type)) {
    const ids = new Set(comparison.values.map((literal) => toId18(literal.text) ?? literal.text));
    return (value) => typeof value === 'string' && ids.has(value);
  }
  if (def.caseSensitive) return null;
  const texts = new Set(comparison.values.map((literal) => unescapeText(literal.text).toLowerCase()));
  return (value) => typeof value === 'string' && texts.has(value.toLowerCase());
}

function likeTest(scope: QueryScope, def: FieldDef, comparison: Comparison): Test {
  if (
    IDS.has(def.type) ||
    NUMBERS.has(def.type) ||
    ['boolean', 'date', 'datetime', 'address'].includes(def.type)
  ) {
    const kind = IDS.has(def.type) ? 'id' : def.type;
    throw operatorRefused(scope.soql, comparison.target.written, `invalid operator on ${kind} field`);
  }
  const patterns = comparison.values.map((literal) => {
    if (literal.kind !== 'string') throw wrongType(scope, def, comparison);
    return likePattern(literal.text);
  });
  return (value) => typeof value === 'string' && patterns.some((pattern) => pattern.test(value));
}

function setTest(scope: QueryScope, def: FieldDef, comparison: Comparison): Test {
  if (def.type !== 'multipicklist') {
    const text = 'includes/excludes operator only valid on multipicklist field';
    throw operatorRefused(scope.soql, comparison.target.written, text);
  }
  const wanted = comparison.values.map((literal) => unescapeText(literal.text).toLowerCase().split(';'));
  const includes: Test = (value) => {
    if (typeof value !== 'string') return false;
    const parts = new Set(value.toLowerCase().split(';'));
    return wanted.some((all) => all.every((part) => parts.has(part)));
  };
  return comparison.operator === 'INCLUDES' ? includes : (value) => !includes(value);
}

function wrongType(scope: QueryScope, def: FieldDef, comparison: Comparison) {
  const quoted = !(NUMBERS.has(def.type) || ['boolean', 'date', 'datetime'].includes(def.type));
  const type = def.type === 'datetime' ? 'dateTime' : quoted ? 'string' : def.type;
  const text =
    `value of filter criterion for field '${def.name}' must be of type ${type} and should ` +
    `${quoted ? '' : 'not '}be enclosed in quotes`;
  return fieldRefused(scope.soql, comparison.target.written, text);
}

function literalTest(
  scope: QueryScope,
  def: FieldDef,
  comparison: Comparison,
  operator: string,
  literal: Literal,
): Test {
  if (literal.kind === 'null') {
    if (ORDERED.has(operator)) return () => false;
    return operator === '=' ? (value) => value === null : (value) => value !== null;
  }
  if (def.type === 'address') {
    throw operatorRefused(scope.soql, comparison.target.written, 'invalid operator on address field');
  }
  if (def.type === 'boolean') {
    if (literal.kind !== 'boolean') throw wrongType(scope, def, comparison);
    if (ORDERED.has(operator)) {
      throw operatorRefused(scope.soql, comparison.target.written, 'invalid operator on boolean field');
    }
    const wanted = literal.text.toUpperCase() === 'TRUE';
    return (value) => (value === true) === (operator === '=' ? wanted : !wanted);
  }
  if (NUMBERS.has(def.type)) {
    if (literal.kind !== 'number') throw wrongType(scope, def, comparison);
    const wanted = Number(literal.text);
    return compared(operator, (value) => (typeof value === 'number' ? value - wanted : null));
  }
  if (def.type === 'date' || def.type === 'datetime')
    return dateTest(scope, def, comparison, operator, literal);
  if (literal.kind !== 'string') throw wrongType(scope, def, comparison);
  if (IDS.has(def.type)) return idTest(scope, comparison, operator, literal);
  const wanted = unescapeText(literal.text);
  const empty = wanted === '';
  if (empty && !ORDERED.has(operator)) {
    return operator === '=' ? (value) => value === null : (value) => value !== null;
  }
  const folded = def.caseSensitive ? wanted : wanted.toLowerCase();
  return compared(operator, (value) => {
    if (typeof value !== 'string') return null;
    const own = def.caseSensitive ? value : value.toLowerCase();
    return own < folded ? -1 : own > folded ? 1 : 0;
  });
}

function idTest(scope: QueryScope, comparison: Comparison, operator: string, literal: Literal): Test {
  const id = toId18(literal.text);
  if (id === null) {
    if (literal.text === '') return operator === '=' ? (value) => value === null : (value) => value !== null;
    throw operatorRefused(scope.soql, comparison.target.written, `invalid ID field: ${literal.text}`);
  }
  return compared(operator, (value) =>
    typeof value === 'string' ? (value < id ? -1 : value > id ? 1 : 0) : null,
  );
}

function dateTest(
  scope: QueryScope,
  def: FieldDef,
  comparison: Comparison,
  operator: string,
  literal: Literal,
): Test {
  if (literal.kind === 'dateLiteral') {
    const days = dateLiteralSpan(literal.text, scope.now, scope.timeZone);
    if (days === null) throw wrongType(scope, def, comparison);
    if (def.type === 'date') {
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      return spanTest(operator, day(days.from), day(days.to));
    }
    const moments = toMoments(days, scope.timeZone);
    return spanTest(operator, stamp(moments.from), stamp(moments.to));
  }
  const matches = def.type === 'date' ? literal.kind === 'date' : literal.kind === 'datetime';
  const wanted = def.type === 'date' ? parseDate(literal.text) : parseDateTime(literal.text);
  if (!matches || wanted === null) throw wrongType(scope, def, comparison);
  return compared(operator, (value) =>
    typeof value === 'string' ? (value < wanted ? -1 : value > wanted ? 1 : 0) : null,
  );
}

/** Comparison with a span: equal is inside, less is before its start, greater is at or after its end. */
function spanTest(operator: string, from: string, to: string): Test {
  const inside: Test = (value) => typeof value === 'string' && value >= from && value < to;
  if (operator === '=') return inside;
  if (operator === '!=') return (value) => !inside(value);
  if (operator === '<') return (value) => typeof value === 'string' && value < from;
  if (operator === '<=') return (value) => typeof value === 'string' && value < to;
  if (operator === '>') return (value) => typeof value === 'string' && value >= to;
  return (value) => typeof value === 'string' && value >= from;
}

/** `!=` also holds for an empty value; the ordered operators never do. */
function compared(operator: string, difference: (value: ReadValue) => number | null): Test {
  if (operator === '=') return (value) => difference(value) === 0;
  if (operator === '!=' || operator === '<>') return (value) => difference(value) !== 0;
  return (value) => {
    const result = difference(value);
    if (result === null) return false;
    if (operator === '<') return result < 0;
    if (operator === '<=') return result <= 0;
    if (operator === '>') return result > 0;
    return result >= 0;
  };
}
