import type { CrmFailure, CrmResult } from './failure.ts';
import { pause } from './pause.ts';
import type { CrmAccess } from './ports.ts';

/** What one request came to. */
export type Attempt<T> =
  | { ok: true; value: T }
  /** The vendor refused the token: a newer one may do. */
  | { ok: false; tokenRefused: true }
  | { ok: false; tokenRefused?: false; failure: CrmFailure; waitMs?: number };

export type Token = { accessToken: string; apiUrl: string };

export type Call<T> = {
  crm: 'HUBSPOT' | 'SALESFORCE';
  /** It changes something. */
  changes?: boolean | undefined;
  /** Waits until the vendor's limits leave room; to be told of the answer. */
  room?: (signal?: AbortSignal) => Promise<() => void>;
  send: (token: Token, signal: AbortSignal) => Promise<Attempt<T>>;
};

const maxRepeats = 3;
const firstPauseMs = 300;
/** Longer waits are the caller's to plan: it may have other work. */
const longestWaitMs = 15_000;
const requestTimeoutMs = 60_000;

/**
 * Makes one call of a CRM: a token, room within the limits, the request within its time, a newer token if
 * this one was refused, and repeats with growing, jittered pauses. It repeats what was certainly not
 * carried out: refusals for want of room, and what failed without a trace of a change.
 */
export async function callCrm<T>(access: CrmAccess, call: Call<T>): Promise<CrmResult<T>> {
  let token = await access.token(undefined, call.changes);
  if (!token.ok) return token;
  let renewed = false;
  for (let repeat = 0; ; ) {
    const answered = await call.room?.(access.signal);
    if (access.signal?.aborted) {
      answered?.();
      return { ok: false, failure: aborted };
    }
    access.onCall?.(call.crm, 1);
    const attempt = await call.send(token.value, signalOf(access)).finally(answered);
    if (attempt.ok) return attempt;
    if (attempt.tokenRefused) {
      if (renewed) return { ok: false, failure: { kind: 'authLost' } };
      renewed = true;
      token = await access.token(token.value.accessToken, call.changes);
      if (!token.ok) return token;
      continue;
    }
    const { failure } = attempt;
    const waitMs = Math.max(attempt.waitMs ?? 0, jittered(firstPauseMs * 2 ** repeat));
    if (repeat >= maxRepeats || !mayRepeat(failure) || waitMs > longestWaitMs) return { ok: false, failure };
    repeat += 1;
    await pause(waitMs, access.signal);
  }
}

const aborted: CrmFailure = { kind: 'unavailable', message: 'The call was given up.', maybeDone: false };

function signalOf(access: CrmAccess): AbortSignal {
  const timeout = AbortSignal.timeout(access.timeoutMs ?? requestTimeoutMs);
  return access.signal ? AbortSignal.any([access.signal, timeout]) : timeout;
}

function mayRepeat(failure: CrmFailure): boolean {
  if (failure.kind === 'rateLimited') return !failure.daily;
  return failure.kind === 'unavailable' && !failure.maybeDone;
}

function jittered(ms: number): number {
  return ms * (0.5 + Math.random() / 2);
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
]);

/** A request that got no answer. `changes`: it was to change something, and may have done so. */
export function withoutAnswer(error: unknown, changes: boolean): { ok: false; failure: CrmFailure } {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const name = error instanceof Error ? error.name : '';
  if (!isNetworkError(error, name, code)) throw error;
  const timedOut = name === 'TimeoutError';
  const message = timedOut
    ? 'No answer in time.'
    : name === 'AbortError'
      ? 'Given up.'
      : `No answer (${code || 'connection cut'}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: changes && !neverSent.has(code) } };
}

/** `fetch` tells network errors by TypeError with a cause; anything else is a bug of ours. */
function isNetworkError(error: unknown, name: string, code: string): boolean {
  return (
    name === 'TimeoutError' ||
    name === 'AbortError' ||
    code !== '' ||
    (error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message))
  );
}

/** Settles with the promise, or rejects as soon as the signal aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
