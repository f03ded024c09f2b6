import { Client } from '@hubspot/api-client';
import type { z } from 'zod';
import { type Attempt, callCrm, type Token, unlessAborted, withoutAnswer } from '../call.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import { parseJson } from '../json.ts';
import { limiterRegistry } from '../limiter.ts';
import type { CrmAccess } from '../ports.ts';
import type { vendorClock } from '../vendor-clock.ts';
import { hubspotFailure } from './failure.ts';

export type Request<T> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** It changes something, so it is not sent again unless it was certainly not carried out. */
  changes?: boolean;
  /** Search has a limit of its own. */
  search?: boolean;
  /** Lets the others within the same limit go first. */
  isPatient?: boolean;
  /** What HubSpot must answer. */
  answer: z.ZodType<T>;
  /** How a refusal is read, where it differs from the rest of HubSpot: OAuth. */
  refusal?: (status: number, body: unknown) => CrmFailure | null;
};

/** Sends requests of one account: `CrmResult` with the checked answer. */
export type Send = <T>(request: Request<T>) => Promise<CrmResult<T>>;

// The smallest allowance that HubSpot gives any app; answers tell the real one.
const burstLimiter = limiterRegistry(100, 10_000);
// Five a second for the whole account, of which other apps need some.
const searchLimiter = limiterRegistry(4, 1_000);

/** Requests through HubSpot's client, with our own limits, repeats, time limit and checks. */
export function createSend(access: CrmAccess, clock?: ReturnType<typeof vendorClock>): Send {
  const burst = burstLimiter(access.account);
  const search = searchLimiter(access.account);
  const clientOf = clientCache();
  return (request) =>
    callCrm(access, {
      crm: 'HUBSPOT',
      changes: request.changes,
      room: (signal) => (request.search ? search : burst).take(signal, request.isPatient),
      send: (token, signal) =>
        sendOnce(clientOf(token), request, signal, (headers) => {
          const calls = Number(headers.get('x-hubspot-ratelimit-max'));
          if (calls > 0) burst.adjust(calls);
          clock?.answered(headers.get('date'));
        }),
    });
}

/** A client is bound to its token: one is kept until the token changes. */
function clientCache(): (token: Token) => Client {
  let last: { token: Token; client: Client } | undefined;
  return (token) => {
    if (last?.token.accessToken !== token.accessToken || last.token.apiUrl !== token.apiUrl) {
      last = { token, client: new Client({ accessToken: token.accessToken, basePath: token.apiUrl }) };
    }
    return last.client;
  };
}

/** One request through a client: no limits, no repeats. */
export async function sendOnce<T>(
  client: Client,
  request: Request<T>,
  signal: AbortSignal,
  onAnswer: (headers: Headers) => void = () => undefined,
): Promise<Attempt<T>> {
  const { method, path, query, body, changes = false } = request;
  try {
    const sent = client.apiRequest({
      method,
      path,
      ...(query ? { qs: query } : {}),
      ...contentOf(body),
    });
    const response = await unlessAborted(sent, signal);
    const text = await unlessAborted(response.text(), signal);
    onAnswer(response.headers);
    return read(request, response, text);
  } catch (error) {
    return withoutAnswer(error, changes);
  }
}

/** HubSpot refuses a request that announces JSON and then sends nothing. */
function contentOf(body: unknown) {
  if (body === undefined) return { defaultJson: false };
  if (!(body instanceof URLSearchParams)) return { body };
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return { body: body.toString(), defaultJson: false, headers };
}

function read<T>(request: Request<T>, response: Response, text: string): Attempt<T> {
  const { answer, changes = false } = request;
  const body = text === '' ? undefined : parseJson(text);
  const refusal = response.ok ? null : request.refusal?.(response.status, body);
  if (refusal) return { ok: false, failure: refusal };
  if (response.status === 401) return { ok: false, tokenRefused: true };
  if (!response.ok) return { ok: false, ...hubspotFailure(response.status, response.headers, body, changes) };
  const parsed = answer.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const message = `HubSpot answered ${request.path} in an unknown form (${issue?.path.join('.')}: ${issue?.message}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: changes } };
}
