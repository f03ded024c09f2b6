import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { Values } from '#lib/crm/ports.ts';
import type { Change, FieldFailure } from '../change.ts';

/** What became of one row of a write. */
export type Answer<T> =
  | { kind: 'done'; value: T }
  /** The vendor named the fields it refuses: the others are sent once more without them. */
  | { kind: 'withoutFields'; fields: string[]; failure: FieldFailure }
  | { kind: 'refused'; failure: FieldFailure }
  /** Nothing is known for sure, or it may work later. */
  | { kind: 'later'; cause: CrmFailure };

export function answerOf<T>(result: CrmResult<T>): Answer<T> {
  return result.ok ? { kind: 'done', value: result.value } : refusalOf(result.failure);
}

function refusalOf(failure: CrmFailure): Answer<never> {
  switch (failure.kind) {
    case 'rejected': {
      const { category, code, message, fields } = failure;
      if (fields.length > 0) return { kind: 'withoutFields', fields, failure: { category, code, message } };
      return { kind: 'refused', failure: { category, code, message } };
    }
    case 'notFound':
      return { kind: 'refused', failure: { category: 'permissions', code: 'NOT_FOUND', message: '' } };
    default:
      return { kind: 'later', cause: failure };
  }
}

/** Marks the changes of these fields (or properties) as not written. */
export function markRefused(changes: Change[], names: readonly string[], failure: FieldFailure): void {
  const refused = new Set(names.map((name) => name.toLowerCase()));
  for (const change of changes) {
    const name = change.to === 'hubspot' ? change.property : change.field;
    if (refused.has(name.toLowerCase()) && !change.failure) change.failure = failure;
  }
}

/** The values without these fields; names are compared without case, as the vendors do. */
export function without(values: Values, names: readonly string[]): Values {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !dropped.has(name.toLowerCase())));
}

/** A write of which nobody can say whether it was carried out. */
export function isUnanswered(failure: CrmFailure): boolean {
  return failure.kind === 'unavailable' && failure.maybeDone;
}

/** Why the whole call came to nothing; null if anybody got an answer, be it that its record is held just now. */
export function causeForAll(answers: readonly Answer<unknown>[]): CrmFailure | null {
  const causes = answers.map((answer) =>
    answer.kind === 'later' && !isOfRecord(answer.cause) ? answer.cause : null,
  );
  return causes.includes(null) ? null : (causes[0] ?? null);
}

const isOfRecord = (failure: CrmFailure) => failure.kind === 'unavailable' && failure.ofRecord === true;
