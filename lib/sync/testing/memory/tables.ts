/** Remembers how to take back what a transaction has done so far. */
export class Journal {
  /** Told before the first change of each transaction, and after the last one if it is committed. */
  readonly watchers: { begun(): void; committed(): void }[] = [];
  #open: { undo: (() => void)[] | null } = { undo: null };

  get isOpen(): boolean {
    return this.#open.undo !== null;
  }

  /** Both are of one database from now on: a transaction of either changes the tables of both. */
  joinTo(other: Journal): void {
    this.#open = other.#open;
  }

  begin(): void {
    if (this.#open.undo) throw new Error('Transactions in memory take turns.');
    this.#open.undo = [];
    for (const watcher of this.watchers) watcher.begun();
  }

  note(undo: () => void): void {
    this.#open.undo?.push(undo);
  }

  commit(): void {
    this.#open.undo = null;
    for (const watcher of this.watchers) watcher.committed();
  }

  rollBack(): void {
    for (const undo of (this.#open.undo ?? []).reverse()) undo();
    this.#open.undo = null;
  }
}

/** Rows by key. What goes in is copied and frozen, so that nobody changes a row but by `set`. */
export class Table<T extends object> {
  readonly #rows = new Map<string, T>();
  readonly #journal: Journal;
  readonly #keyOf: (row: T) => string;

  constructor(journal: Journal, keyOf: (row: T) => string) {
    this.#journal = journal;
    this.#keyOf = keyOf;
  }

  get(key: string): T | undefined {
    return this.#rows.get(key);
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  where(meets: (row: T) => boolean): T[] {
    return this.all().filter(meets);
  }

  set(row: T): void {
    const key = this.#keyOf(row);
    const before = this.#rows.get(key);
    this.#rows.set(key, frozen(structuredClone(row)));
    this.#journal.note(() => (before ? this.#rows.set(key, before) : this.#rows.delete(key)));
  }

  /** Adds a row that must be new, as a unique key demands. */
  insert(row: T): void {
    if (this.#rows.has(this.#keyOf(row))) throw new Error(`There is a row ${this.#keyOf(row)} already.`);
    this.set(row);
  }

  change(key: string, change: (row: T) => T): void {
    const row = this.#rows.get(key);
    if (row) this.set(change(row));
  }

  delete(key: string): void {
    const before = this.#rows.get(key);
    if (!before) return;
    this.#rows.delete(key);
    this.#journal.note(() => this.#rows.set(key, before));
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
