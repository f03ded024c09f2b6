import type { CrmFailure, CrmResult } from './failure.ts';

/** Reads every piece, a few at a time, and joins the answers in order; the first failure ends it. */
export async function readPieces<T, R>(
  pieces: T[],
  read: (piece: T) => Promise<CrmResult<R>>,
  atOnce = 4,
): Promise<CrmResult<R[]>> {
  const answers: R[] = [];
  let failure: CrmFailure | undefined;
  let next = 0;
  const work = async () => {
    while (next < pieces.length && failure === undefined) {
      const at = next++;
      const answer = await read(pieces[at] as T);
      if (answer.ok) answers[at] = answer.value;
      else failure ??= answer.failure;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pieces.length) }, work));
  return failure ? { ok: false, failure } : { ok: true, value: answers };
}

/** The failures that say nothing of an input: what comes after one need not be sent. */
export function concernsAll(failure: CrmFailure): boolean {
  return failure.kind === 'authLost' || failure.kind === 'rateLimited' || failure.kind === 'unavailable';
}

/**
 * Writes pieces whose order is of no matter a few at a time, with one outcome per input, as `writePieces` does.
 * After a failure that concerns everything no further piece is sent.
 */
export async function writeTogether<T, R>(
  pieces: T[][],
  write: (piece: T[]) => Promise<CrmResult<CrmResult<R>[]>>,
  atOnce = 4,
): Promise<CrmResult<CrmResult<R>[]>> {
  const answers: CrmResult<CrmResult<R>[]>[] = [];
  let end: (CrmResult<never> & { ok: false }) | undefined;
  let next = 0;
  const work = async () => {
    while (next < pieces.length && !end) {
      const at = next++;
      const answer = await write(pieces[at] ?? []);
      answers[at] = answer;
      if (!answer.ok && !mayBeDone(answer.failure)) end ??= answer;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pieces.length) }, work));
  const isNothingDone = end && !answers.some((answer) => answer.ok || mayBeDone(answer.failure));
  if (end && isNothingDone) return end;
  return {
    ok: true,
    value: pieces.flatMap((piece, at) => outcomesOf(piece, answers[at] ?? end)),
  };
}

function mayBeDone(failure: CrmFailure): boolean {
  return failure.kind === 'unavailable' && failure.maybeDone;
}

/** One for each input of a piece, from what became of the piece. */
function outcomesOf<T, R>(piece: T[], answer: CrmResult<CrmResult<R>[]> | undefined): CrmResult<R>[] {
  if (!answer) throw new Error('A piece got lost.');
  return answer.ok ? answer.value : piece.map(() => answer);
}

/**
 * Writes piece after piece with one outcome per input. The outer failure says that nothing at all was
 * written; once something was, inputs that were not sent any more carry the failure as their outcome.
 */
export async function writePieces<T, R>(
  pieces: T[][],
  write: (piece: T[]) => Promise<CrmResult<CrmResult<R>[]>>,
): Promise<CrmResult<CrmResult<R>[]>> {
  const outcomes: CrmResult<R>[] = [];
  for (const [index, piece] of pieces.entries()) {
    const answer = await write(piece);
    if (answer.ok) {
      outcomes.push(...answer.value);
      continue;
    }
    const { failure } = answer;
    if (index === 0 && !(failure.kind === 'unavailable' && failure.maybeDone)) return answer;
    outcomes.push(...piece.map(() => answer));
    if (failure.kind === 'unavailable' && failure.maybeDone) continue;
    const rest = pieces.slice(index + 1).flat();
    return { ok: true, value: [...outcomes, ...rest.map(() => answer)] };
  }
  return { ok: true, value: outcomes };
}
