import { hash } from 'node:crypto';
import { hashLength, type SeenFields, seenFieldsSchema } from './seen.ts';

// What is seen of a contact or record is kept as hashes in the order of a list of names, which thousands share and
// which is kept once, under a key made of the names themselves.

type KeptSeen = {
  /** The key of the names. */
  f: string;
  /** The times of all fields. */
  at: string[];
  /** A hash per name; with `@2` behind it, it is of the time at that place, without of the first. */
  h: string;
};

/** Told by its kind alone: thousands are read at once, and what is stored is our own. */
function isKept(stored: unknown): stored is KeptSeen {
  if (typeof stored !== 'object' || stored === null) return false;
  const { f, at, h }: { f?: unknown; at?: unknown; h?: unknown } = stored;
  return typeof f === 'string' && typeof h === 'string' && Array.isArray(at);
}

const mostKeys = 1_000;
const keys = new Map<string, string>();
/** One after the other mostly has the names of the one before. */
let last: { names: readonly string[]; key: string } = { names: [], key: '' };

/** The key of a list of names, in their order. */
export function formKeyOf(names: readonly string[]): string {
  const isLast = last.names.length === names.length && names.every((name, at) => name === last.names[at]);
  if (!isLast || last.key === '') last = { names, key: keyOf(names) };
  return last.key;
}

function keyOf(names: readonly string[]): string {
  const text = names.join('\n');
  const before = keys.get(text);
  if (before !== undefined) return before;
  if (keys.size >= mostKeys) keys.clear();
  const key = hash('sha256', text, 'base64url').slice(0, 16);
  keys.set(text, key);
  return key;
}

/** What is seen as it is kept, and the names that belong to it. */
export function packSeen(fields: SeenFields): { names: string[]; row: KeptSeen } {
  const times: string[] = [];
  const names = Object.keys(fields);
  const hashes = Object.values(fields).map(({ h, at }) => {
    let place = times.indexOf(at);
    if (place < 0) place = times.push(at) - 1;
    return place === 0 ? h : `${h}@${place}`;
  });
  return { names, row: { f: formKeyOf(names), at: times, h: hashes.join(',') } };
}

/** The key of the names of what is stored; null if it has its names with it, as older versions kept it. */
export function keyOfSeen(stored: unknown): string | null {
  return isKept(stored) ? stored.f : null;
}

/** What is seen, as it is stored, by this version or an older one. */
export function unpackSeen(stored: unknown, namesOf: (key: string) => readonly string[]): SeenFields {
  if (!isKept(stored)) return ofOldForm(stored);
  const { f, at: times, h: hashes } = stored;
  const fields: SeenFields = {};
  const names = namesOf(f);
  if (names.length === 0) return fields;
  for (const [position, part] of hashes.split(',').entries()) {
    const [h = '', place = '0'] = part.split('@');
    fields[names[position] ?? ''] = { h, at: times[Number(place)] ?? '' };
  }
  return fields;
}

/** Hashes were longer once. */
function ofOldForm(stored: unknown): SeenFields {
  const fields = Object.entries(seenFieldsSchema.parse(stored));
  return Object.fromEntries(fields.map(([name, { h, at }]) => [name, { h: h.slice(0, hashLength), at }]));
}
