import type { HistoryEntry } from './why-schemas.ts';

/** Newest first; skips that say the same one after the other are one entry with a count. Pure. */
export function foldHistory(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const folded: HistoryEntry[] = [];
  for (const entry of entries.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))) {
    const last = folded.at(-1);
    const isSame =
      last?.tag === 'SKIPPED' && entry.tag === 'SKIPPED' && last.outcome?.reason === entry.outcome?.reason;
    if (!last || !isSame) folded.push({ ...entry });
    else last.more = { count: (last.more?.count ?? 0) + 1, since: entry.at };
  }
  return folded;
}
