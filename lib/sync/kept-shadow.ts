import { z } from 'zod';
import { longId, shortId } from '#lib/core/short-id.ts';
import { type Shadow, type ShadowEntry, shadowSchema } from './shadow.ts';

// A link keeps its shadow as `{ at: [times], [mapping]: pair }`: the times of all its pairs once, mappings by short
// ids, and of a pair no more than it needs. A value that both sides hold alike is there once.

/**
 * `2`: both blank, at the time of that place; `"a"`: both hold it, at the first time; `["a", 2]`: both hold it;
 * `["a", null, 2, 1]`: HubSpot's value, Salesforce's, the place of their time, and whether it was only sent.
 */
type KeptPair = number | string | (string | number | null)[];
const keptPair = z.union([z.number(), z.string(), z.array(z.union([z.string(), z.number(), z.null()]))]);
const kept = z.object({ at: z.array(z.string()) }).catchall(keptPair);

/** A shadow as it is kept. */
export function packShadow(shadow: Shadow): Record<string, unknown> {
  const times: string[] = [];
  const packed: Record<string, unknown> = { at: times };
  for (const [id, entry] of Object.entries(shadow)) {
    let place = times.indexOf(entry.at);
    if (place < 0) place = times.push(entry.at) - 1;
    packed[shortId(id)] = packPair(entry, place);
  }
  return times.length > 0 ? packed : {};
}

function packPair({ h, s, sent }: ShadowEntry, place: number): KeptPair {
  if (sent) return [h, s, place, 1];
  if (h !== s) return place === 0 ? [h, s] : [h, s, place];
  if (h === null) return place;
  return place === 0 ? h : [h, place];
}

/** The shadow of a link as it is stored, be it by this version or an older one, which kept each entry whole. */
export function unpackShadow(stored: unknown): Shadow {
  const packed = kept.safeParse(stored);
  if (!packed.success) return shadowSchema.parse(stored);
  const { at: times, ...pairs } = packed.data;
  const shadow: Shadow = {};
  for (const [id, pair] of Object.entries(pairs)) shadow[longId(id)] = unpackPair(pair, times);
  return shadow;
}

function unpackPair(pair: KeptPair, times: readonly string[]): ShadowEntry {
  const timeOf = (place: unknown) => times[Number(place ?? 0)] ?? '';
  if (typeof pair === 'number') return { h: null, s: null, at: timeOf(pair) };
  if (typeof pair === 'string') return { h: pair, s: pair, at: timeOf(0) };
  const [h, s, place, sent] = pair;
  if (typeof s === 'number') return { h: textOf(h), s: textOf(h), at: timeOf(s) };
  const entry = { h: textOf(h), s: textOf(s), at: timeOf(place) };
  return sent === 1 ? { ...entry, sent: true } : entry;
}

function textOf(value: string | number | null | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
