import { Connection } from 'jsforce';
import type { z } from 'zod';
import { type Attempt, callCrm, type Token, withoutAnswer } from '../call.ts';
import type { CrmResult } from '../failure.ts';
import { parseJson } from '../json.ts';
import type { CrmAccess } from '../ports.ts';
import type { vendorClock } from '../vendor-clock.ts';
import { answerFailure } from './failure.ts';
import { FetchTransport } from './transport.ts';

/** Never jsforce's own default, which is years old. */
export const apiVersion = '66.0';

export type Request<T> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/services/data/v66.0`, or a whole path as Salesforce gave it. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** A text to send instead of a body in JSON. */
  csv?: string;
  /** Checks `{ text, locator }` instead of parsed JSON: jsforce would read CSV in its own way. */
  reads?: 'csv';
  /** It changes something, so it is not sent again unless it was certainly not carried out. */
  changes?: boolean;
  answer: z.ZodType<T>;
};

export type Send = <T>(request: Request<T>) => Promise<CrmResult<T>>;

/**
 * Requests through jsforce, which gets no refresh token and no refresh function: a refused token is
 * exchanged once per call by the token supplier, never behind its back.
 */
export function createSend(access: CrmAccess, clock?: ReturnType<typeof vendorClock>): Send {
  const connectionOf = connectionCache();
  return (request) =>
    callCrm(access, {
      crm: 'SALESFORCE',
      changes: request.changes,
      send: (token, signal) =>
        sendOnce(connectionOf(token), request, signal, (headers) => clock?.answered(headers.get('date'))),
    });
}

function connectionCache(): (token: Token) => Connection {
  let last: { token: Token; connection: Connection } | undefined;
  return (token) => {
    if (last?.token.accessToken !== token.accessToken || last.token.apiUrl !== token.apiUrl) {
      const { accessToken, apiUrl: instanceUrl } = token;
      const callOptions = { client: 'Segbridge' };
      const connection = new Connection({ version: apiVersion, instanceUrl, accessToken, callOptions });
      last = { token, connection };
    }
    return last.connection;
  };
}

async function sendOnce<T>(
  connection: Connection,
  request: Request<T>,
  signal: AbortSignal,
  onAnswer: (headers: Headers) => void,
): Promise<Attempt<T>> {
  const { method, path, headers, changes = false } = request;
  const content = contentOf(request);
  const transport = new FetchTransport(signal, onAnswer);
  try {
    const answer = await connection.request(
      {
        method,
        url: path,
        ...content,
        headers: { ...content.headers, ...headers },
      },
      request.reads === 'csv' ? { transport, responseType: 'text/plain' } : { transport },
    );
    if (request.reads === 'csv') {
      const locator = transport.last?.headers.get('sforce-locator') ?? null;
      return checked(request, { text: transport.last?.text ?? '', locator });
    }
    return checked(request, answer);
  } catch (error) {
    const status = transport.last?.status;
    if (status === 401) return { ok: false, tokenRefused: true };
    if (status !== undefined && status >= 300 && isAnswer(error)) {
      const refusal = request.reads === 'csv' ? parseJson(transport.last?.text ?? '') : error.data;
      const failure = answerFailure(status, refusal, changes);
      return failure.kind === 'rateLimited'
        ? { ok: false, failure, waitMs: failure.retryAfterMs }
        : { ok: false, failure };
    }
    return withoutAnswer(error, changes);
  }
}

function contentOf({ body, csv }: Pick<Request<unknown>, 'body' | 'csv'>): {
  headers: Record<string, string>;
  body?: string;
} {
  if (csv !== undefined) return { headers: { 'content-type': 'text/csv' }, body: csv };
  if (body === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** jsforce's errors for an answer carry the body; those for no answer do not. */
function isAnswer(error: unknown): error is { data: unknown } {
  return error instanceof Error && 'data' in error;
}

function checked<T>({ answer, path, changes = false }: Request<T>, body: unknown): Attempt<T> {
  const parsed = answer.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = path.split('?')[0];
  const message = `Salesforce answered ${where} in an unknown form (${issue?.path.join('.')}: ${issue?.message}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: changes } };
}
