import { field } from '../metadata/build.ts';
import { isAggregatable } from '../metadata/describe.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, FieldType, FieldValue, SObject } from '../metadata/types.ts';
import type { Condition, SelectQuery, Target } from './ast.ts';
import { fieldRefused, malformed } from './errors.ts';
import { compareValues } from './order.ts';
import { assertGroupable, type QueryScope, resolvePath, resolveTarget } from './resolve.ts';
import { compileTest } from './where.ts';

const FUNCTIONS = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'double', 'currency', 'percent']);

interface Value {
  def: FieldDef;
  over: (rows: SObject[]) => FieldValue;
}

const isAggregate = (target: Target) => target.fn !== null && FUNCTIONS.has(target.fn);

/** True when the query answers aggregate rows instead of records. */
export function isAggregated(query: SelectQuery): boolean {
  return query.groupBy.length > 0 || query.items.some((item) => item.kind === 'function' && item.aggregate);
}

function fold(fn: string, values: FieldValue[]): FieldValue {
  if (fn === 'COUNT') return values.length;
  if (fn === 'COUNT_DISTINCT') {
    return new Set(values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value))).size;
  }
  if (values.length === 0) return null;
  if (fn === 'MIN') return values.reduce((a, b) => (compareValues(a, b) <= 0 ? a : b));
  if (fn === 'MAX') return values.reduce((a, b) => (compareValues(a, b) >= 0 ? a : b));
  const sum = values.reduce<number>((total, value) => total + Number(value), 0);
  return fn === 'SUM' ? sum : sum / values.length;
}

function aggregateValue(scope: QueryScope, info: ObjectInfo, target: Target): Value {
  const fn = target.fn ?? '';
  if (target.path.length === 0) return { def: field('count', 'int'), over: (rows) => rows.length };
  const resolved = resolvePath(scope, info, target);
  const numeric = NUMBERS.has(resolved.def.type);
  if (!isAggregatable(resolved.def) || ((fn === 'SUM' || fn === 'AVG') && !numeric)) {
    const text = `field ${target.written} does not support aggregate operator ${fn}`;
    throw fieldRefused(scope.soql, target.written, text);
  }
  const def = fn.startsWith('COUNT') ? field('count', 'int') : resolved.def;
  const over = (rows: SObject[]) => {
    const values = rows.map((row) => resolved.read(row) as FieldValue).filter((value) => value !== null);
    return fold(fn, values);
  };
  return { def, over };
}

/** A value of a whole group: an aggregate, or a field that the query groups by. */
function groupValue(scope: QueryScope, info: ObjectInfo, query: SelectQuery, target: Target): Value {
  if (isAggregate(target)) return aggregateValue(scope, info, target);
  const resolved = resolveTarget(scope, info, target);
  const key = keyOf(target);
  if (!query.groupBy.some((each) => keyOf(each) === key)) {
    throw malformed(`Field must be grouped or aggregated: ${target.path.join('.')}`);
  }
  return {
    def: resolved.def,
    over: (rows) => {
      const [first] = rows;
      return first === undefined ? null : (resolved.read(first) as FieldValue);
    },
  };
}

const keyOf = (target: Target) => `${target.fn ?? ''}(${target.path.join('.').toLowerCase()})`;

function compileHaving(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
  condition: Condition,
): (rows: SObject[]) => boolean {
  if (condition.kind === 'not') {
    const part = compileHaving(scope, info, query, condition.part);
    return (rows) => !part(rows);
  }
  if (condition.kind === 'compare') {
    const value = groupValue(scope, info, query, condition.target);
    const test = compileTest(scope, value.def, condition, () => new Set());
    return (rows) => test(value.over(rows));
  }
  const parts = condition.parts.map((part) => compileHaving(scope, info, query, part));
  return condition.kind === 'and'
    ? (rows) => parts.every((part) => part(rows))
    : (rows) => parts.some((part) => part(rows));
}

/** Groups the rows and answers `AggregateResult` rows; unnamed values are expr0, expr1, … */
export function aggregateRows(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
  rows: Iterable<SObject>,
): Record<string, unknown>[] {
  const keys = query.groupBy.map((target) => {
    const resolved = resolveTarget(scope, info, target);
    assertGroupable(scope, resolved, target);
    return resolved.read;
  });
  let unnamed = 0;
  const columns = query.items.map((item) => {
    if (item.kind === 'field') {
      const value = groupValue(scope, info, query, item.target);
      return { name: item.alias ?? value.def.name, over: value.over };
    }
    if (item.kind !== 'function') throw malformed('Only fields and functions can be selected with GROUP BY');
    const value = groupValue(scope, info, query, item.target);
    return { name: item.alias ?? `expr${unnamed++}`, over: value.over };
  });
  const having = query.having === null ? () => true : compileHaving(scope, info, query, query.having);
  const order = query.orderBy.map((entry) => ({
    ...entry,
    value: groupValue(scope, info, query, entry.target),
  }));

  const groups = new Map<string, SObject[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((read) => foldKey(read(row) as FieldValue)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  if (keys.length === 0 && groups.size === 0) groups.set('[]', []);
  const kept = [...groups.values()].filter(having);
  kept.sort((a, b) => {
    for (const { value, descending, nullsLast } of order) {
      const result = compareValues(value.over(a), value.over(b), descending, nullsLast);
      if (result !== 0) return result;
    }
    return 0;
  });
  return kept.map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map((column) => [column.name, column.over(group)])),
  }));
}

const foldKey = (value: FieldValue) => (typeof value === 'string' ? value.toLowerCase() : value);
