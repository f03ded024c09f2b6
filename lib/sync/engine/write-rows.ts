import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { Values } from '#lib/crm/ports.ts';
import type { Change, FieldFailure } from '../change.ts';
import { type Crm, type Trouble, troubleOf } from '../trouble.ts';
import { type Answer, answerOf, markRefused, without } from './answers.ts';

/** One row to write: its values, and the changes that tell what became of them. */
export type Row = { values: Values; changes: Change[]; isRequired?: (name: string) => boolean };

/**
 * Sends rows in one call, and those whose fields were refused by name once more without these. The answer
 * of each row in order; what was refused is marked in its changes.
 */
export async function writeRows<T>(
  rows: readonly Row[],
  send: (positions: number[], values: Values[]) => Promise<CrmResult<CrmResult<T>[]>>,
  side: Crm,
  troubles: number,
): Promise<Result<Answer<T>[], Trouble>> {
  const positions = [...rows.keys()];
  const first = await send(
    positions,
    rows.map(({ values }) => values),
  );
  if (!first.ok) return fail(troubleOf(side, first.failure, troubles));
  const answers = first.value.map(answerOf);
  const again: { position: number; values: Values }[] = [];
  for (const [position, answer] of answers.entries()) {
    const row = rows[position];
    if (!row || answer.kind !== 'withoutFields') continue;
    markRefused(row.changes, answer.fields, answer.failure);
    const values = without(row.values, answer.fields);
    const isPossible =
      Object.keys(values).length > 0 && !answer.fields.some((name) => row.isRequired?.(name));
    if (isPossible && Object.keys(values).length < Object.keys(row.values).length) {
      again.push({ position, values });
    } else answers[position] = { kind: 'refused', failure: answer.failure };
  }
  if (again.length > 0) {
    const second = await send(
      again.map(({ position }) => position),
      again.map(({ values }) => values),
    );
    if (!second.ok) return fail(troubleOf(side, second.failure, troubles));
    for (const [at, { position }] of again.entries()) {
      answers[position] = onceMore(second.value[at]);
    }
  }
  for (const [position, answer] of answers.entries()) {
    const row = rows[position];
    if (row && answer.kind === 'refused') refuseAll(row, side, answer.failure);
  }
  return ok(answers);
}

const noAnswer = { kind: 'unavailable', message: 'A row got no answer.', maybeDone: true } as const;

/** A row is sent once more, not forever. */
function onceMore<T>(result: CrmResult<T> | undefined): Answer<T> {
  const answer: Answer<T> = result ? answerOf(result) : { kind: 'later', cause: noAnswer };
  return answer.kind === 'withoutFields' ? { kind: 'refused', failure: answer.failure } : answer;
}

function refuseAll(row: Row, side: Crm, failure: FieldFailure): void {
  const ofSide = row.changes.filter((change) => change.to === side);
  markRefused(
    ofSide,
    ofSide.map((change) => (side === 'hubspot' ? change.property : change.field)),
    failure,
  );
}
