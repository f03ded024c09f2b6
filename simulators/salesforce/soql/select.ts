import { apiError } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldValue, SObject } from '../metadata/types.ts';
import { attributes } from '../records/read.ts';
import type { SelectItem, SelectQuery } from './ast.ts';
import { fieldRefused, malformed } from './errors.ts';
import { parentOf, type QueryScope, type Resolved, resolveTarget, type Step } from './resolve.ts';

/** Turns one row into its JSON form. */
export type Project = (row: SObject) => Record<string, unknown>;
/** Compiles a child sub-query of this parent; its rows are found by the parent's id. */
export type CompileChildren = (
  info: ObjectInfo,
  query: SelectQuery,
) => { name: string; read: (row: SObject) => unknown };

interface Node {
  /** Written values in select order. */
  values: Map<string, (row: SObject) => unknown>;
  parents: Map<string, { step: Step; node: Node; polymorphic: boolean }>;
}

const emptyNode = (): Node => ({ values: new Map(), parents: new Map() });

/** Compiles the SELECT list of a plain (not aggregated) query. Select order is kept. */
export function compileSelect(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
  children: CompileChildren,
): Project {
  const root = emptyNode();
  for (const item of query.items) {
    if (item.kind === 'children') {
      const child = children(info, item.query);
      root.values.set(child.name, child.read);
    } else if (item.kind === 'fields') {
      addAll(scope, info, query, item.which, root);
    } else if (item.kind === 'typeof') {
      addTypeOf(scope, info, item, root);
    } else {
      addField(scope, info, item, root);
    }
  }
  return (row) => render(scope, root, info.def.name, row);
}

function addAll(scope: QueryScope, info: ObjectInfo, query: SelectQuery, which: string, root: Node): void {
  if (which !== 'STANDARD' && (query.limit === null || query.limit > 200)) {
    throw malformed(
      'The SOQL FIELDS function must have a LIMIT of at most 200 when it selects ALL or CUSTOM fields',
    );
  }
  for (const def of scope.access.fields(info)) {
    if (which === 'CUSTOM' && !def.custom) continue;
    if (which === 'STANDARD' && def.custom) continue;
    const target = { path: [def.name], written: def.name, fn: null };
    root.values.set(def.name, resolveTarget(scope, info, target).read);
  }
}

function addField(
  scope: QueryScope,
  info: ObjectInfo,
  item: Extract<SelectItem, { kind: 'field' | 'function' }>,
  root: Node,
): void {
  const resolved = resolveTarget(scope, info, item.target);
  if (item.kind === 'function') {
    const unnamed = [...root.values.keys()].filter((key) => /^expr\d+$/.test(key)).length;
    const name = item.alias ?? (item.target.fn === 'TOLABEL' ? resolved.def.name : `expr${unnamed}`);
    root.values.set(name, resolved.read);
    return;
  }
  let node = root;
  for (const step of resolved.steps) {
    const known = node.parents.get(step.name);
    const parent = known ?? { step, node: emptyNode(), polymorphic: step.lookup.referenceTo.length > 1 };
    if (known === undefined) node.parents.set(step.name, parent);
    node.values.set(step.name, () => undefined);
    node = parent.node;
  }
  if (node.values.has(resolved.def.name)) {
    throw fieldRefused(
      scope.soql,
      item.target.written,
      `duplicate field selected: ${item.target.path.join('.')}`,
    );
  }
  node.values.set(resolved.def.name, lastStep(scope, resolved));
}

/** Reads the field from the row at the end of the path, not from the start. */
function lastStep(scope: QueryScope, resolved: Resolved): (row: SObject) => unknown {
  if (resolved.steps.length === 0) return resolved.read;
  if (resolved.info !== null) {
    const target = { path: [resolved.def.name], written: resolved.def.name, fn: null };
    return resolveTarget(scope, resolved.info, target).read;
  }
  const { name } = resolved.def;
  return (row) => {
    const object = scope.org.schema.byPrefix(row.Id);
    if (object === null) return null;
    if (name === 'Type') return object.def.name === 'Group' ? (row.Type ?? null) : object.def.name;
    const target = { path: [name], written: name, fn: null };
    return object.byName.has(name.toLowerCase()) ? resolveTarget(scope, object, target).read(row) : null;
  };
}

function addTypeOf(
  scope: QueryScope,
  info: ObjectInfo,
  item: Extract<SelectItem, { kind: 'typeof' }>,
  root: Node,
): void {
  const lookup = info.byRelationship.get(item.relation.toLowerCase());
  if (lookup === undefined || lookup.referenceTo.length < 2) {
    throw apiError(400, 'INVALID_FIELD', `TYPEOF is not supported on ${item.relation}`);
  }
  root.values.set(lookup.relationshipName ?? item.relation, (row) => {
    const parent = parentOf(scope, row, lookup);
    const object = parent === null ? null : scope.org.schema.byPrefix(parent.Id);
    if (parent === null || object === null) return null;
    const matching =
      item.cases.find((each) => each.object?.toLowerCase() === object.def.name.toLowerCase()) ??
      item.cases.find((each) => each.object === null);
    const result: Record<string, unknown> = {
      attributes: attributes(object.def.name, parent.Id, scope.base),
    };
    for (const name of matching?.fields ?? []) {
      const resolved = resolveTarget(scope, object, { path: [name], written: name, fn: null });
      result[resolved.def.name] = resolved.read(parent);
    }
    return result;
  });
}

function render(scope: QueryScope, node: Node, type: string, row: SObject): Record<string, unknown> {
  const object = scope.org.schema.byPrefix(row.Id)?.def.name ?? type;
  const result: Record<string, unknown> = {
    attributes: { ...attributes(object, row.Id, scope.base), type },
  };
  for (const [name, read] of node.values) {
    const parent = node.parents.get(name);
    if (parent === undefined) {
      result[name] = read(row);
      continue;
    }
    const next = parentOf(scope, row, parent.step.lookup);
    const nextType = parent.polymorphic ? 'Name' : (parent.step.lookup.referenceTo[0] ?? 'Name');
    result[name] = next === null ? null : render(scope, parent.node, nextType, next);
  }
  return result;
}

/** Flat values of a row by their written paths, as the bulk query writes them into columns. */
export function compileColumns(
  scope: QueryScope,
  info: ObjectInfo,
  query: SelectQuery,
): { name: string; read: (row: SObject) => FieldValue }[] {
  return query.items.map((item) => {
    if (item.kind !== 'field') throw malformed('Bulk queries select plain fields only');
    const resolved = resolveTarget(scope, info, item.target);
    if (resolved.def.type === 'address') {
      const text = `Selecting compound data not supported in Bulk Query: ${resolved.def.name}`;
      throw apiError(400, 'FEATURENOTENABLED', text);
    }
    const name = [...resolved.steps.map((step) => step.name), resolved.def.name].join('.');
    return { name, read: resolved.read as (row: SObject) => FieldValue };
  });
}
