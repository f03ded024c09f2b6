import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

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

const CHUNK = 4 * 1024 * 1024;
const MIN_JOURNAL_BYTES_TO_COMPACT = 256 * 1024 * 1024;

/** Opens the state in `folder` (created if missing); without a folder it lives in memory alone. */
export function openStore(folder?: string): Store {
  const maps = new Map<string, Map<string, unknown>>();
  const mapOf = (name: string) => {
    const known = maps.get(name);
    if (known) return known;
    const created = new Map<string, unknown>();
    maps.set(name, created);
    return created;
  };
  const journal = folder === undefined ? undefined : openJournal(folder, mapOf);
  let depth = 0;
  let pending: string[] = [];
  let pendingLength = 0;

  const flush = () => {
    if (!journal || pending.length === 0) return;
    journal.append(pending.join(''));
    pending = [];
    pendingLength = 0;
  };
  const record = (entry: unknown[]) => {
    if (!journal) return;
    const line = `${JSON.stringify(entry)}\n`;
    pending.push(line);
    pendingLength += line.length;
    if (depth === 0 || pendingLength > CHUNK) flush();
    if (depth === 0 && journal.isLong()) journal.compact(maps);
  };

  /** Writes what is pending even while another batch is open: its caller is about to be answered. */
  const end = () => {
    depth -= 1;
    flush();
    if (depth === 0 && journal?.isLong()) journal.compact(maps);
  };

  const store: Store = {
    collection: <V>(name: string) => createCollection<V>(name, mapOf(name) as Map<string, V>, record),
    batch(work) {
      depth += 1;
      let result: ReturnType<typeof work> | undefined;
      try {
        result = work();
      } finally {
        if (!(result instanceof Promise)) end();
      }
      if (result instanceof Promise) return result.finally(end) as typeof result;
      return result;
    },
    clear() {
      for (const map of maps.values()) map.clear();
      pending = [];
      pendingLength = 0;
      journal?.compact(maps);
    },
    compact() {
      flush();
      journal?.compact(maps);
    },
    close() {
      flush();
      journal?.close();
    },
  };
  return store;
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

interface Journal {
  append(text: string): void;
  isLong(): boolean;
  compact(maps: Map<string, Map<string, unknown>>): void;
  close(): void;
}

/**
 * Snapshot and journal hold the same kind of lines: `[collection, id, value]` sets, `[collection, id]` deletes,
 * `[collection]` empties. A crash between the two steps of a compaction leaves a journal that is already part of
 * the snapshot; replaying it ends in the same state.
 */
function openJournal(folder: string, mapOf: (name: string) => Map<string, unknown>): Journal {
  mkdirSync(folder, { recursive: true });
  const snapshotPath = join(folder, 'snapshot.ndjson');
  const journalPath = join(folder, 'journal.ndjson');
  rmSync(`${snapshotPath}.new`, { force: true });
  replay(snapshotPath, mapOf);
  const whole = replay(journalPath, mapOf);
  const file = openSync(journalPath, 'a');
  ftruncateSync(file, whole);
  let journalBytes = whole;
  let snapshotBytes = existsSync(snapshotPath) ? statSync(snapshotPath).size : 0;

  return {
    append(text) {
      journalBytes += writeAll(file, text);
    },
    isLong: () => journalBytes > Math.max(MIN_JOURNAL_BYTES_TO_COMPACT, snapshotBytes),
    compact(maps) {
      const next = openSync(`${snapshotPath}.new`, 'w');
      snapshotBytes = writeSnapshot(next, maps);
      fsyncSync(next);
      closeSync(next);
      renameSync(`${snapshotPath}.new`, snapshotPath);
      ftruncateSync(file, 0);
      journalBytes = 0;
    },
    close: () => closeSync(file),
  };
}

function writeSnapshot(file: number, maps: Map<string, Map<string, unknown>>): number {
  let bytes = 0;
  let chunk: string[] = [];
  let length = 0;
  const flush = () => {
    bytes += writeAll(file, chunk.join(''));
    chunk = [];
    length = 0;
  };
  for (const [name, map] of maps) {
    for (const [id, value] of map) {
      const line = `${JSON.stringify([name, id, value])}\n`;
      chunk.push(line);
      length += line.length;
      if (length > CHUNK) flush();
    }
  }
  flush();
  return bytes;
}

function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  return bytes.length;
}

/** Applies every whole line of a file and answers how many bytes those lines take; a torn tail is left out. */
function replay(path: string, mapOf: (name: string) => Map<string, unknown>): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let rest = Buffer.alloc(0);
  let whole = 0;
  try {
    for (;;) {
      const read = readSync(file, buffer, 0, CHUNK, null);
      if (read === 0) return whole;
      const data = Buffer.concat([rest, buffer.subarray(0, read)]);
      const end = data.lastIndexOf(10) + 1;
      for (const line of data.toString('utf8', 0, end).split('\n')) if (line !== '') apply(line, mapOf);
      whole += end;
      rest = Buffer.from(data.subarray(end));
    }
  } finally {
    closeSync(file);
  }
}

function apply(line: string, mapOf: (name: string) => Map<string, unknown>) {
  const entry = JSON.parse(line) as [string, string?, unknown?];
  const map = mapOf(entry[0]);
  if (entry[1] === undefined) map.clear();
  else if (entry.length === 2) map.delete(entry[1]);
  else map.set(entry[1], entry[2]);
}
