import type { Failure } from './failures.ts';

/** What can be expected to go wrong is a value; a bug is an exception. */
export type Result<T, E = Failure> = { ok: true; value: T } | { ok: false; failure: E };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail<E>(failure: E): { ok: false; failure: E } {
  return { ok: false, failure };
}
