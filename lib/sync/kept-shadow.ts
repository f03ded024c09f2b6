import { longId, shortId } from '#lib/core/short-id.ts';
import { type Shadow, type ShadowEntry, shadowSchema } from './shadow.ts';

// A link keeps its shadow as `{ at: [times], [mapping]: pair }`: the times of all its pairs once, mappings by short
// ids, and of a pair no more than it needs. A value that both sides hold alike is there once. What was only sent has a
// mark at its time, for that is nearly all of a new record.

/**
 * `2`: both blank, at the time of that place; `"a"`: both hold it, at the first time; `["a", 2]`: both hold it;
 * `["a", null, 2]`: HubSpot's value, Salesforce's, the place of their time; a 1 behind it told of an older version
 * that it was only sent.
 */
type KeptPair = number | string | (string | number | null)[];

const sentMark = '~';

/** A shadow as it is kept. */
export function packShadow(shadow: Shadow): Record<string, unknown> {
  const times: string[] = [];
  const packed: Record<string, unknown> = { at: times };
  for (const id of Object.keys(shadow)) {
    const entry = shadow[id];
    if (!entry) continue;
    const time = entry.sent ? `${sentMark}${entry.at}` : entry.at;
    let place = times.indexOf(time);
    if (place < 0) place = times.push(time) - 1;
    packed[shortId(id)] = packPair(entry, place);
  }
  return times.length > 0 ? packed : {};
}

function packPair({ h, s }: ShadowEntry, place: number): KeptPair {
  if (h !== s) return place === 0 ? [h, s] : [h, s, place];
  if (h === null) return place;
  return place === 0 ? h : [h, place];
}

/** The shadow of a link as it is stored, be it by this version or an older one, which kept each entry whole. */
export function unpackShadow(stored: unknown): Shadow {
  if (!isKept(stored)) return shadowSchema.parse(stored);
  const { at: times, ...pairs } = stored;
  const shadow: Shadow = {};
  for (const [id, pair] of Object.entries(pairs)) shadow[longId(id)] = unpackPair(pair, times);
  return shadow;
}

/** Told by its times alone: thousands are read at once, and what is stored is our own. */
function isKept(stored: unknown): stored is { at: string[] } & Record<string, KeptPair> {
  return typeof stored === 'object' && stored !== null && 'at' in stored && Array.isArray(stored.at);
}

function unpackPair(pair: KeptPair, times: readonly string[]): ShadowEntry {
  if (typeof pair === 'number') return entryOf(null, null, times[pair]);
  if (typeof pair === 'string') return entryOf(pair, pair, times[0]);
  const [h, s, place, sent] = pair;
  if (typeof s === 'number') return entryOf(textOf(h), textOf(h), times[s]);
  const entry = entryOf(textOf(h), textOf(s), times[Number(place ?? 0)]);
  return sent === 1 ? { ...entry, sent: true } : entry;
}

function entryOf(h: string | null, s: string | null, time = ''): ShadowEntry {
  return time.startsWith(sentMark)
    ? { h, s, at: time.slice(sentMark.length), sent: true }
    : { h, s, at: time };
}

function textOf(value: string | number | null | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
