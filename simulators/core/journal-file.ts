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

const CHUNK = 4 * 1024 * 1024;
const MIN_JOURNAL_BYTES_TO_COMPACT = 256 * 1024 * 1024;

export interface Journal {
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
export function openJournal(folder: string, mapOf: (name: string) => Map<string, unknown>): Journal {
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
