import { z } from 'zod';
import { failureOf, hubspotErrors, type VendorError } from '../errors.ts';
import type { CrmFailure } from '../failure.ts';
import { parseJson } from '../json.ts';

const errorBody = z.object({
  message: z.string().default(''),
  category: z.string().optional(),
  subCategory: z.string().optional(),
  policyName: z.string().optional(),
});
const propertyErrors = z.array(
  z.object({
    name: z.string().optional(),
    error: z.string().optional(),
    message: z.string().optional(),
    localizedErrorMessage: z.string().optional(),
  }),
);

export type HubSpotRefusal = { failure: CrmFailure; waitMs?: number };

/**
 * Puts an answer that is no success into the app's words. Only 429, 423 and 477 say for certain that
 * nothing was carried out; 5xx may come from an edge that lost the answer.
 */
export function hubspotFailure(
  status: number,
  headers: Headers,
  body: unknown,
  changes: boolean,
): HubSpotRefusal {
  const parsed = errorBody.safeParse(body);
  const error = parsed.success ? parsed.data : { message: '' };
  const retryAfterMs = retryAfter(headers);
  if (status === 429) return tooMany(error, retryAfterMs);
  if (status === 423 || status === 477) {
    // Locked for at least two seconds; 477: the account moves between data centres.
    const failure: CrmFailure = {
      kind: 'unavailable',
      message: messageOf(error.message, status),
      maybeDone: false,
    };
    return { failure, waitMs: retryAfterMs ?? 2_000 };
  }
  if (status >= 500 || status < 400) {
    const failure: CrmFailure = {
      kind: 'unavailable',
      message: messageOf(error.message, status),
      maybeDone: changes,
    };
    return retryAfterMs === undefined ? { failure } : { failure, waitMs: retryAfterMs };
  }
  if (status === 404) return { failure: { kind: 'notFound' } };
  return { failure: refusalOf(body, status) };
}

/** The failure in an error body: of a whole request, or of one input inside a 207. */
export function refusalOf(body: unknown, status?: number): CrmFailure {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success)
    return failureOf(hubspotErrors, { code: codeOfStatus(status), message: '', fields: [] });
  const { message, category, subCategory } = parsed.data;
  const ofProperties = propertyRefusal(message);
  if (ofProperties) return failureOf(hubspotErrors, ofProperties);
  const code = [subCategory, category].find((each) => each !== undefined && each in hubspotErrors);
  return failureOf(hubspotErrors, {
    code: code ?? subCategory ?? category ?? codeOfStatus(status),
    message,
    fields: [],
  });
}

/** HubSpot hides the list of wrong properties, as JSON, inside the message. */
function propertyRefusal(message: string): VendorError | null {
  const json = /^Property values were not valid: (\[.*\])\s*$/s.exec(message)?.[1];
  if (!json) return null;
  const parsed = propertyErrors.safeParse(parseJson(json));
  if (!parsed.success || parsed.data.length === 0) return null;
  const [first] = parsed.data;
  const texts = parsed.data.map((each) => each.localizedErrorMessage ?? each.message ?? '').filter(Boolean);
  return {
    code: first?.error ?? 'VALIDATION_ERROR',
    message: texts.join(' ') || message,
    fields: parsed.data.flatMap((each) => each.name ?? []),
  };
}

function tooMany(
  error: { message: string; policyName?: string | undefined },
  retryAfterMs?: number,
): HubSpotRefusal {
  const daily = error.policyName === 'DAILY' || /daily limit/i.test(error.message);
  const secondly = error.policyName === 'SECONDLY' || /\bsecondly limit/i.test(error.message);
  const waitMs = retryAfterMs ?? (daily ? 15 * 60_000 : secondly ? 1_000 : 10_000);
  return { failure: { kind: 'rateLimited', retryAfterMs: waitMs, daily }, waitMs };
}

function retryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

function codeOfStatus(status: number | undefined): string {
  if (status === 401) return 'INVALID_AUTHENTICATION';
  if (status === 403) return 'MISSING_SCOPES';
  if (status === 409) return 'CONFLICT';
  return status === undefined ? 'VALIDATION_ERROR' : `HTTP_${status}`;
}

function messageOf(message: string, status: number): string {
  return message || `HubSpot answered ${status}.`;
}
