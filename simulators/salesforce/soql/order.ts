import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldType, SObject } from '../metadata/types.ts';
import type { ReadValue } from '../records/read.ts';
import type { OrderItem } from './ast.ts';
import { fieldRefused } from './errors.ts';
import { type QueryScope, resolveTarget } from './resolve.ts';

function plain(a: ReadValue, b: ReadValue, exact: boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (exact && typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const left = String(a).toLowerCase();
  const right = String(b).toLowerCase();
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

/** An ORDER BY list: the values a row is ordered by, read once, and their comparison. */
export interface Order {
  keys(row: SObject): ReadValue[];
  compare(a: ReadValue[], b: ReadValue[]): number;
}

const EXACT: ReadonlySet<FieldType> = new Set(['id', 'reference', 'date', 'datetime']);

/** Compiles the ORDER BY list; null when there is none. */
export function compileOrder(scope: QueryScope, info: ObjectInfo, items: OrderItem[]): Order | null {
  if (items.length === 0) return null;
  const parts = items.map((item) => {
    const resolved = resolveTarget(scope, info, item.target);
    if (!resolved.def.sortable) {
      const text = `field '${resolved.def.name}' can not be sorted in a query call`;
      throw fieldRefused(scope.soql, item.target.written, text);
    }
    return { ...item, read: resolved.read, exact: EXACT.has(resolved.def.type) };
  });
  const folded = (value: ReadValue, exact: boolean) =>
    typeof value === 'string' && !exact ? value.toLowerCase() : value;
  return {
    keys: (row) => parts.map((part) => folded(part.read(row), part.exact)),
    compare(a, b) {
      for (const [index, part] of parts.entries()) {
        const left = a[index] ?? null;
        const right = b[index] ?? null;
        const result = compareValues(left, right, part.descending, part.nullsLast, true);
        if (result !== 0) return result;
      }
      return 0;
    },
  };
}
