import type { HubSpotList } from '#lib/crm/ports.ts';
import type { SegmentState } from './schemas.ts';

const stuckAfterMs = 60 * 60_000;

/**
 * HubSpot tells no failure of its own: a paused segment has failed, and so has one that has been processing
 * for over an hour.
 */
export function segmentState(
  segment: { processingStatus: string; processingSince: Date | null; deletedAt: Date | null },
  now: Date,
): SegmentState {
  if (segment.deletedAt) return 'deleted';
  if (segment.processingStatus === 'COMPLETE') return 'ready';
  if (segment.processingStatus === 'PAUSED') return 'failed';
  const since = segment.processingSince?.getTime() ?? now.getTime();
  return now.getTime() - since > stuckAfterMs ? 'failed' : 'processing';
}

export function isActive(segment: { processingType: string }): boolean {
  return segment.processingType === 'DYNAMIC';
}

const folds: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Lower case without accents, for searching. */
export function fold(text: string): string {
  return [...text].map(foldLetter).join('');
}

function foldLetter(letter: string): string {
  const lower = letter
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return folds[lower] ?? lower;
}

/** Where a search matches in a name, as positions of the name itself; null if it does not. */
export function findMatch(name: string, query: string): { start: number; end: number } | null {
  const wanted = fold(query.trim());
  if (wanted === '') return null;
  const starts: number[] = [];
  let folded = '';
  let position = 0;
  for (const letter of name) {
    const plain = foldLetter(letter);
    for (let index = 0; index < plain.length; index++) starts.push(position);
    folded += plain;
    position += letter.length;
  }
  const at = folded.indexOf(wanted);
  if (at < 0) return null;
  const start = starts[at] ?? 0;
  let end = at + wanted.length < starts.length ? (starts[at + wanted.length] ?? position) : position;
  // Accents written as letters of their own belong to the letter before them.
  while (end < name.length && foldLetter(name[end] ?? '') === '') end++;
  return { start, end };
}

/** 0 is the best: the whole name, its beginning, the beginning of a word, anywhere. Null: no match. */
export function matchRank(searchName: string, query: string): number | null {
  const wanted = fold(query.trim());
  const at = searchName.indexOf(wanted);
  if (at < 0) return null;
  if (searchName === wanted) return 0;
  if (at === 0) return 1;
  return /[^\p{L}\p{N}]/u.test(searchName[at - 1] ?? '') ? 2 : 3;
}

type Named = { listId: string; name: string; searchName: string };

function byName(a: Named, b: Named): number {
  return a.searchName.localeCompare(b.searchName, 'en') || a.listId.localeCompare(b.listId);
}

/**
 * The order of the menu: the selected one, recently used ones (newest first), the rest from A to Z; while
 * searching, the best match first.
 */
export function orderOptions<T extends Named>(
  segments: readonly T[],
  context: { q: string; selected: string | null; recent: readonly string[] },
): T[] {
  if (context.q.trim() !== '') {
    const ranked = segments.flatMap((segment) => {
      const rank = matchRank(segment.searchName, context.q);
      return rank === null ? [] : [{ segment, rank }];
    });
    return ranked
      .sort((a, b) => a.rank - b.rank || byName(a.segment, b.segment))
      .map(({ segment }) => segment);
  }
  const place = ({ listId }: T) => {
    if (listId === context.selected) return -1;
    const recent = context.recent.indexOf(listId);
    return recent < 0 ? context.recent.length : recent;
  };
  return [...segments].sort((a, b) => place(a) - place(b) || byName(a, b));
}

/** Why a list cannot limit the sync; null if it can. */
export function inclusionProblem(
  list: Pick<HubSpotList, 'processingType' | 'objectTypeId' | 'deletedAt'>,
): 'deleted_segment' | 'wrong_object_segment' | 'static_segment' | null {
  if (list.deletedAt) return 'deleted_segment';
  if (list.objectTypeId !== '0-1') return 'wrong_object_segment';
  return isActive(list) ? null : 'static_segment';
}
