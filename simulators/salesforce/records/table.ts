import type { Collection } from '../../core/store.ts';
import type { FieldValue, SObject } from '../metadata/types.ts';

/** What readers still see of a record whose last write belongs to a transaction that is not committed. */
export interface PendingCommit {
  object: string;
  id: string;
  previous: SObject | null;
  startedAt: number;
  visibleAt: number;
}

type Index = Map<string, Set<string>>;

const keyOf = (value: FieldValue | undefined) =>
  value === undefined || value === null ? null : String(value).toLowerCase();

/** The rows of one object with indexes that are built when first asked for. Rows are never changed in place. */
export class Table {
  readonly #rows: Collection<SObject>;
  readonly #pending: Collection<PendingCommit>;
  readonly #indexes = new Map<string, Index>();

  constructor(rows: Collection<SObject>, pending: Collection<PendingCommit>) {
    this.#rows = rows;
    this.#pending = pending;
  }

  /** The row as its writer sees it, deleted ones included. */
  get(id: string): SObject | undefined {
    return this.#rows.get(id);
  }

  /** The row as it is committed, deleted ones included. */
  visible(id: string): SObject | undefined {
    if (this.#pending.size > 0) {
      const pending = this.#pending.get(id);
      if (pending !== undefined) return pending.previous ?? undefined;
    }
    return this.#rows.get(id);
  }

  /** All committed rows, deleted ones included. */
  *scan(): Generator<SObject> {
    if (this.#pending.size === 0) {
      yield* this.#rows.values();
      return;
    }
    for (const row of this.#rows.values()) {
      const visible = this.visible(row.Id);
      if (visible !== undefined) yield visible;
    }
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Stores a row and answers what stood there before. */
  put(row: SObject): SObject | undefined {
    const before = this.#rows.get(row.Id);
    this.#rows.set(row.Id, row);
    for (const [field, index] of this.#indexes) {
      const oldKey = before === undefined ? null : keyOf(before[field]);
      const newKey = keyOf(row[field]);
      if (oldKey === newKey) continue;
      if (oldKey !== null) index.get(oldKey)?.delete(row.Id);
      if (newKey !== null) add(index, newKey, row.Id);
    }
    return before;
  }

  remove(id: string): SObject | undefined {
    const before = this.#rows.get(id);
    if (before === undefined) return undefined;
    this.#rows.delete(id);
    for (const [field, index] of this.#indexes) {
      const key = keyOf(before[field]);
      if (key !== null) index.get(key)?.delete(id);
    }
    return before;
  }

  /** Ids of the rows whose stored value is this one, ignoring case. Not yet committed rows are among them. */
  idsBy(field: string, value: FieldValue): Iterable<string> {
    const key = keyOf(value);
    if (key === null) return [];
    return this.#index(field).get(key) ?? [];
  }

  /** Rows (deleted ones among them) whose stored value is this one. */
  rowsOf(field: string, value: FieldValue): SObject[] {
    return [...this.idsBy(field, value)].flatMap((id) => this.#rows.get(id) ?? []);
  }

  /** Rows (deleted ones left out) whose stored value is this one, ignoring case, as their writer sees them. */
  rowsBy(field: string, value: FieldValue): SObject[] {
    const found: SObject[] = [];
    for (const id of this.idsBy(field, value)) {
      const row = this.#rows.get(id);
      if (row !== undefined && row.IsDeleted !== true) found.push(row);
    }
    return found;
  }

  clearIndexes(): void {
    this.#indexes.clear();
  }

  #index(field: string): Index {
    const known = this.#indexes.get(field);
    if (known !== undefined) return known;
    const index: Index = new Map();
    for (const row of this.#rows.values()) {
      const key = keyOf(row[field]);
      if (key !== null) add(index, key, row.Id);
    }
    this.#indexes.set(field, index);
    return index;
  }
}

function add(index: Index, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}
