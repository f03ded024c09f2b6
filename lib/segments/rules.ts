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

/** A refresh that showed no life for so long has died. */
export const copyLivesForMs = 60_000;
const copyFreshForMs = 10_000;
const retryAfterMs = 2_000;

type Copy = { runningAt: Date | null; endedAt: Date | null; failure: unknown } | null;

/** Whether somebody refreshes the copy of HubSpot's lists right now. */
export function isCopyRunning(copy: Copy, now: Date): boolean {
  return copy?.runningAt ? now.getTime() - copy.runningAt.getTime() <= copyLivesForMs : false;
}

/** Whether opening a list of segments has the copy refreshed: not while that goes on, nor right after it. */
export function isCopyDue(copy: Copy, now: Date): boolean {
  if (isCopyRunning(copy, now)) return false;
  const age = now.getTime() - (copy?.endedAt?.getTime() ?? 0);
  return age > (copy?.failure ? retryAfterMs : copyFreshForMs);
}

/** Why a list cannot limit the sync; null if it can. */
export function inclusionProblem(
  list: Pick<HubSpotList, 'processingType' | 'objectTypeId' | 'deletedAt'>,
): 'deleted_segment' | 'wrong_object_segment' | 'static_segment' | null {
  if (list.deletedAt) return 'deleted_segment';
  if (list.objectTypeId !== '0-1') return 'wrong_object_segment';
  return isActive(list) ? null : 'static_segment';
}
