import { apiError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { SObject } from '../metadata/types.ts';
import type { ReadValue } from '../records/read.ts';
import { aggregateRows, isAggregated } from './aggregate.ts';
import type { Comparison, Condition, SelectQuery } from './ast.ts';
import { malformed, noSuchChildRelation, noSuchType, operatorRefused } from './errors.ts';
import { unescapeText } from './literals.ts';
import { compileOrder, type Order } from './order.ts';
import { parseSoql } from './parse.ts';
import { type QueryScope, resolvePath } from './resolve.ts';
import { compileSelect, type Project } from './select.ts';
import { compileCondition } from './where.ts';

/** The outcome of a query: either ready rows (aggregates), or records with the way to show them. */
export interface QueryResult {
  info: ObjectInfo;
  query: SelectQuery;
  countOnly: boolean;
  total: number;
  records: SObject[];
  /** Aggregate rows, when the query is one. */
  rows: Record<string, unknown>[] | null;
  project: Project;
}

const MAX_OFFSET = 2000;

/** Runs a query. With `includeDeleted`, deleted and merged records are found, too (queryAll). */
export function runQuery(scope: QueryScope, includeDeleted: boolean): QueryResult {
  const query = parseSoql(scope.soql);
  const info = scope.access.object(query.object);
  if (info === null || !info.def.queryable) throw noSuchType(scope.soql, query.object);
  return execute(scope, info, query, includeDeleted);
}

function execute(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
  includeDeleted: boolean,
): QueryResult {
  if (query.offset > MAX_OFFSET) {
    const text = `Maximum SOQL offset allowed is ${MAX_OFFSET}`;
    throw apiError(400, 'NUMBER_OUTSIDE_VALID_RANGE', text);
  }
  const base = { info, query, countOnly: query.countOnly, rows: null };
  if (query.countOnly) {
    const records = matching(scope, info, query, includeDeleted);
    return { ...base, total: records.length, records: [], project: () => ({}) };
  }
  if (isAggregated(query)) {
    const all = aggregateRows(
      scope,
      info,
      query,
      matching(scope, info, { ...query, orderBy: [], limit: null, offset: 0 }, includeDeleted),
    );
    const rows = all.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
    return { ...base, total: rows.length, records: [], rows, project: () => ({}) };
  }
  if (query.having !== null) throw malformed("unexpected token: 'having'");
  const project = compileSelect(scope, info, query, (parent, child) =>
    compileChildren(scope, parent, child, includeDeleted),
  );
  const records = matching(scope, info, query, includeDeleted);
  return { ...base, total: records.length, records, project };
}

/** The records a query is about, ordered and cut. */
export function matching(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
  includeDeleted: boolean,
  candidates: Iterable<SObject> = candidatesOf(scope, info, query.where),
): SObject[] {
  const run = (comparison: Comparison) => semiJoin(scope, comparison, includeDeleted);
  const holds = query.where === null ? null : compileCondition(scope, info, query.where, run);
  const order = compileOrder(scope, info, query.orderBy);
  const isMine = (row: SObject) => !query.mineOnly || row.OwnerId === scope.userId;
  const wanted = query.limit === null ? Infinity : query.offset + query.limit;
  const rows = filter(
    candidates,
    (row) => (includeDeleted || row.IsDeleted !== true) && isMine(row) && (holds?.(row) ?? true),
  );
  const found = order === null ? take(rows, wanted) : smallest(rows, wanted, order);
  return query.offset === 0 ? found : found.slice(query.offset);
}

function* filter(rows: Iterable<SObject>, holds: (row: SObject) => boolean): Generator<SObject> {
  for (const row of rows) if (holds(row)) yield row;
}

function take(rows: Iterable<SObject>, wanted: number): SObject[] {
  const found: SObject[] = [];
  if (wanted === 0) return found;
  for (const row of rows) {
    found.push(row);
    if (found.length >= wanted) break;
  }
  return found;
}

/** The first rows in this order, without sorting all of them when only some are wanted. */
function smallest(rows: Iterable<SObject>, wanted: number, order: Order): SObject[] {
  let found: { row: SObject; keys: ReadValue[] }[] = [];
  let last: ReadValue[] | undefined;
  const sort = () => found.sort((a, b) => order.compare(a.keys, b.keys));
  for (const row of rows) {
    const keys = order.keys(row);
    if (last !== undefined && order.compare(keys, last) >= 0) continue;
    found.push({ row, keys });
    if (found.length >= 2 * wanted + 100) {
      found = sort().slice(0, wanted);
      last = found.at(-1)?.keys;
    }
  }
  const sorted = sort();
  return (sorted.length > wanted ? sorted.slice(0, wanted) : sorted).map((each) => each.row);
}

/** Rows that can meet the condition at all: by id or by an index where an AND part allows it. */
function candidatesOf(scope: QueryScope, info: ObjectInfo, where: Condition | null): Iterable<SObject> {
  const table = scope.org.table(info.def.name);
  const parts = where === null ? [] : where.kind === 'and' ? where.parts : [where];
  for (const part of parts) {
    const ids = part.kind === 'compare' ? idsFor(scope, info, part) : null;
    if (ids === null) continue;
    const rows: SObject[] = [];
    for (const id of ids) {
      const row = table.visible(id);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }
  return table.scan();
}

function idsFor(scope: QueryScope, info: ObjectInfo, part: Comparison): Set<string> | null {
  if (part.operator !== '=' && part.operator !== 'IN') return null;
  if (part.subquery !== null || part.target.path.length !== 1 || part.target.fn !== null) return null;
  if (part.values.some((literal) => literal.kind !== 'string')) return null;
  const def = scope.access.field(info, part.target.path[0] ?? '');
  if (def === null) return null;
  if (def.type === 'id') {
    return new Set(part.values.map((literal) => toId18(literal.text)).filter((id) => id !== null));
  }
  const indexed =
    def.idLookup || def.externalId || def.unique || (def.type === 'reference' && !def.calculated);
  if (!indexed || scope.org.oldestOpenTransaction(info.def.name) !== null) return null;
  const ids = new Set<string>();
  for (const literal of part.values) {
    const value = def.type === 'reference' ? toId18(literal.text) : unescapeText(literal.text);
    for (const id of scope.org.table(info.def.name).idsBy(def.name, value)) ids.add(id);
  }
  if (part.values.some((literal) => literal.text === '')) return null;
  return ids;
}

/** Values of the one field that the inner query of IN (SELECT …) selects. */
function semiJoin(scope: QueryScope, comparison: Comparison, includeDeleted: boolean): Set<string> {
  const query = comparison.subquery;
  if (query === null) return new Set();
  const info = scope.access.object(query.object);
  if (info === null) throw noSuchType(scope.soql, query.object);
  const [item] = query.items;
  if (query.items.length !== 1 || item?.kind !== 'field') {
    throw malformed('The inner select of a semi join must have exactly one field');
  }
  const resolved = resolvePath(scope, info, item.target);
  if (resolved.def.type !== 'id' && resolved.def.type !== 'reference') {
    const text = `The selected field '${resolved.def.name}' in the subquery and the left operand field in the where expression in the outer query '${comparison.target.written}' should point to the same object type`;
    throw operatorRefused(scope.soql, comparison.target.written, text);
  }
  const values = new Set<string>();
  for (const row of matching(scope, info, query, includeDeleted)) {
    const value = resolved.read(row);
    if (value !== null) values.add(String(value));
  }
  return values;
}

function compileChildren(
  scope: QueryScope,
  parent: ObjectInfo,
  query: SelectQuery,
  includeDeleted: boolean,
): { name: string; read: (row: SObject) => unknown } {
  const wanted = query.object.toLowerCase();
  const relation = scope.access.children(parent).find((each) => each.name?.toLowerCase() === wanted);
  const info = relation === undefined ? null : scope.access.object(relation.child);
  if (relation === undefined || info === null) {
    throw noSuchChildRelation(scope.soql, query.object, parent.def.name);
  }
  const nested = query.items.some((item) => item.kind === 'children');
  if (nested) throw malformed('Nested semi join sub-selects are not supported');
  const project = compileSelect(scope, info, query, () => {
    throw malformed('Only root queries support aggregate expressions');
  });
  const read = (row: SObject) => {
    const table = scope.org.table(info.def.name);
    const isChild = (child: SObject) => child[relation.field.name] === row.Id;
    // Indexes know the newest values; while a transaction is open, others still see older ones.
    const open = scope.org.oldestOpenTransaction(info.def.name) !== null;
    const rows = open ? table.scan() : table.rowsOf(relation.field.name, row.Id);
    const found = matching(scope, info, query, includeDeleted, filter(rows, isChild));
    if (found.length === 0) return null;
    return { totalSize: found.length, done: true, records: found.map(project) };
  };
  return { name: relation.name ?? query.object, read };
}

/** True when this record meets a condition written in SOQL (validation and assignment rules). */
export function meetsCondition(scope: QueryScope, info: ObjectInfo, row: SObject): boolean {
  const query = parseSoql(`SELECT Id FROM ${info.def.name} WHERE ${scope.soql}`);
  if (query.where === null) return true;
  return compileCondition(scope, info, query.where, (comparison) => semiJoin(scope, comparison, false))(row);
}
