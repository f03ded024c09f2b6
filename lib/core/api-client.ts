import type { Answer, Check } from './answers.ts';
import type { Problem } from './problem-json.ts';

/** An answer of our own API that is not a success; `message` is in the reader's language. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The server could not be reached at all: offline, or restarting. */
export class NetworkError extends Error {}

/**
 * Browsers refuse requests that outlive their page once 64 KiB of them are under way, all together
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). A long segment must be saved nevertheless.
 */
const keptAliveLength = 8_000;

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Reads JSON from our API, checked. Throws ApiError or NetworkError. */
export function apiGet<T>(path: string, answer: Answer<T>, signal?: AbortSignal): Promise<T> {
  return call(path, answer, { method: 'GET', ...(signal ? { signal } : {}) });
}

/** Sends JSON to our API and reads the checked answer. Throws ApiError or NetworkError. */
export function apiSend<T>(method: Method, path: string, body: unknown, answer: Answer<T>): Promise<T> {
  const text = body === undefined ? null : JSON.stringify(body);
  return call(path, answer, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(text === null ? {} : { body: text }),
    // A save that has begun goes on when the page is left.
    keepalive: (text?.length ?? 0) <= keptAliveLength,
  });
}

async function call<T>(path: string, answer: Answer<T>, init: RequestInit): Promise<T> {
  const check = checkOf(answer);
  // Whoever needs it is told below.
  check.catch(() => undefined);
  const response = await fetch(path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError('The server could not be reached.');
  });
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) throw new ApiError((await response.json()) as Problem);
  if (!response.ok) throw new NetworkError(`The server answered ${response.status}.`);
  return (await check).parse(await response.json());
}

async function checkOf<T>(answer: Answer<T>): Promise<Check<T>> {
  if (typeof answer !== 'function') return answer;
  return answer().catch(() => {
    throw new NetworkError('A part of the page could not be fetched.');
  });
}
