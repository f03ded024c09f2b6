import type { ObjectInfo } from '../metadata/schema.ts';
import type { SObject } from '../metadata/types.ts';
import type { ReadValue } from '../records/read.ts';
import type { OrderItem } from './ast.ts';
import { fieldRefused } from './errors.ts';
import { type QueryScope, resolveTarget } from './resolve.ts';

function plain(a: ReadValue, b: ReadValue, exact: boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const left = exact ? String(a) : String(a).toLowerCase();
  const right = exact ? String(b) : String(b).toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Order of two values: texts ignore case, empty values come first in both directions unless told otherwise. */
export function compareValues(
  a: ReadValue,
  b: ReadValue,
  descending = false,
  nullsLast = false,
  exact = false,
): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === nullsLast ? 1 : -1;
  }
  const result = plain(a, b, exact);
  return descending ? -result : result;
}

/** A comparator for the ORDER BY list, or null when there is none. */
export function compileOrder(
  scope: QueryScope,
  info: ObjectInfo,
  items: OrderItem[],
): ((a: SObject, b: SObject) => number) | null {
  if (items.length === 0) return null;
  const parts = items.map((item) => {
    const resolved = resolveTarget(scope, info, item.target);
    if (!resolved.def.sortable) {
      const text = `field '${resolved.def.name}' can not be sorted in a query call`;
      throw fieldRefused(scope.soql, item.target.written, text);
    }
    const exact = resolved.def.type === 'id' || resolved.def.type === 'reference';
    return { ...item, read: resolved.read, exact };
  });
  return (a, b) => {
    for (const part of parts) {
      const result = compareValues(part.read(a), part.read(b), part.descending, part.nullsLast, part.exact);
      if (result !== 0) return result;
    }
    return 0;
  };
}
