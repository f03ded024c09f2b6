import type { HistoryEntry, WhyConflict } from './why-schemas.ts';

const conflictDays = 7;
const dayMs = 86_400_000;

/** Does a conflict still stand above *Why*, or is it history? */
export function isConflictShown({ at, isDismissed }: WhyConflict, now: Date): boolean {
  return !isDismissed && now.getTime() - Date.parse(at) < conflictDays * dayMs;
}

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
