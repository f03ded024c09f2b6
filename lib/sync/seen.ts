import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Values } from '#lib/crm/ports.ts';

/**
 * Per mapped property or field the hash of the value last read, and the modification with which that value was
 * first seen. A field that is missing was never read.
 */
export const seenFieldsSchema = z.record(z.string(), z.object({ h: z.string(), at: z.iso.datetime() }));
export type SeenFields = z.infer<typeof seenFieldsSchema>;

/**
 * What is to be remembered after reading a contact or record that was modified at `modifiedAt`; `written`: what it got
 * since then. A value that is as it was seen keeps its time; a field that was not read (absent) stays as it was.
 */
export function nextSeen(
  former: SeenFields | null,
  values: Values,
  names: readonly string[],
  modifiedAt: Date,
  written: Values = {},
): SeenFields {
  const next: SeenFields = { ...former };
  const at = modifiedAt.toISOString();
  for (const name of names) {
    const value = written[name] === undefined ? values[name] : written[name];
    if (value === undefined) continue;
    const h = hashOf(value);
    const was = former?.[name];
    next[name] = was?.h === h ? was : { h, at };
  }
  return next;
}

/** Which fields differ from what was last seen, and which of them are blank now. First sight is no change. */
export function changedSince(
  former: SeenFields | null,
  next: SeenFields,
): { changed: string[]; blanked: string[] } {
  const changed = Object.keys(next).filter((name) => {
    const was = former?.[name];
    return was !== undefined && was.h !== next[name]?.h;
  });
  return { changed, blanked: changed.filter((name) => next[name]?.h === blankHash) };
}

/** Of a blank value: readable as such, so that filled values can be counted. */
export const blankHash = '';

/** Sixty bits: two values of one field that look alike are not to be met with. */
export const hashLength = 10;

/** What many share (countries, companies) and what one person has on both sides is hashed once. */
const known = new Map<string, string>();
const mostKnown = 10_000;
const longestKnown = 100;

function hashOf(value: string | null): string {
  if (!value) return blankHash;
  const text = (value.includes('\r') ? value.replaceAll('\r\n', '\n') : value).trim();
  if (text === '') return blankHash;
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = hash('sha256', text, 'base64url').slice(0, hashLength);
  if (known.size >= mostKnown) known.clear();
  if (text.length <= longestKnown) known.set(text, found);
  return found;
}
