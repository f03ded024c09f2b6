import { type Journal, openJournal } from './journal-file.ts';

/** A named, journaled map. A value changed in place is stored only by the `set` that follows. */
export interface Collection<V> {
  get(id: string): V | undefined;
  has(id: string): boolean;
  set(id: string, value: V): void;
  delete(id: string): boolean;
  clear(): void;
  values(): IterableIterator<V>;
  entries(): IterableIterator<[string, V]>;
  readonly size: number;
}

/**
 * State of a simulator: in memory, and when a folder is given also in a journal there.
 *
 * Every mutation has been handed to the operating system before the call (or the surrounding `batch`)
 * returns, so that the state survives the death of the process. A batch reaches the journal in one write.
 */
export interface Store {
  collection<V>(name: string): Collection<V>;
  /**
   * Runs `work`; its mutations are written together when it returns, throws, or (a promise) settles. May be nested.
   */
  batch<T>(work: () => T): T;
  /** Empties every collection. */
  clear(): void;
  /** Writes the whole state to a fresh snapshot and empties the journal. */
  compact(): void;
  close(): void;
}

/** Characters of a batch that are written before its end. */
const CHUNK = 4 * 1024 * 1024;

/** Opens the state in `folder` (created if missing); without a folder it lives in memory alone. */
export function openStore(folder?: string): Store {
  return new JournaledStore(folder);
}

class JournaledStore implements Store {
  readonly #maps = new Map<string, Map<string, unknown>>();
  readonly #journal: Journal | undefined;
  #depth = 0;
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(folder: string | undefined) {
    this.#journal = folder === undefined ? undefined : openJournal(folder, (name) => this.#mapOf(name));
  }

  collection<V>(name: string): Collection<V> {
    return createCollection<V>(name, this.#mapOf(name) as Map<string, V>, (entry) => this.#record(entry));
  }

  batch<T>(work: () => T): T {
    this.#depth += 1;
    let result: T | undefined;
    try {
      result = work();
    } finally {
      if (!(result instanceof Promise)) this.#end();
    }
    if (result instanceof Promise) return result.finally(() => this.#end()) as T;
    return result;
  }

  clear() {
    for (const map of this.#maps.values()) map.clear();
    this.#pending = [];
    this.#pendingLength = 0;
    this.#journal?.compact(this.#maps);
  }

  compact() {
    this.#flush();
    this.#journal?.compact(this.#maps);
  }

  close() {
    this.#flush();
    this.#journal?.close();
  }

  #mapOf(name: string): Map<string, unknown> {
    const known = this.#maps.get(name);
    if (known) return known;
    const created = new Map<string, unknown>();
    this.#maps.set(name, created);
    return created;
  }

  #flush() {
    if (!this.#journal || this.#pending.length === 0) return;
    this.#journal.append(this.#pending.join(''));
    this.#pending = [];
    this.#pendingLength = 0;
  }

  #record(entry: unknown[]) {
    if (!this.#journal) return;
    const line = `${JSON.stringify(entry)}\n`;
    this.#pending.push(line);
    this.#pendingLength += line.length;
    if (this.#depth === 0 || this.#pendingLength > CHUNK) this.#flush();
    this.#compactIfLong();
  }

  /** Writes what is pending even while another batch is open: its caller is about to be answered. */
  #end() {
    this.#depth -= 1;
    this.#flush();
    this.#compactIfLong();
  }

  #compactIfLong() {
    if (this.#depth === 0 && this.#journal?.isLong()) this.#journal.compact(this.#maps);
  }
}

function createCollection<V>(
  name: string,
  map: Map<string, V>,
  record: (entry: unknown[]) => void,
): Collection<V> {
  return {
    get: (id) => map.get(id),
    has: (id) => map.has(id),
    set(id, value) {
      map.set(id, value);
      record([name, id, value]);
    },
    delete(id) {
      const existed = map.delete(id);
      if (existed) record([name, id]);
      return existed;
    },
    clear() {
      if (map.size === 0) return;
      map.clear();
      record([name]);
    },
    values: () => map.values(),
    entries: () => map.entries(),
    get size() {
      return map.size;
    },
  };
}
