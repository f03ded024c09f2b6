import { z } from 'zod';
import { failureOf, salesforceErrors } from '../errors.ts';
import type { CrmFailure } from '../failure.ts';

/** Single calls say `errorCode`, collections `statusCode`; both may come without `fields`. */
export const recordError = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().default(''),
    fields: z.array(z.string()).nullish(),
  })
  .transform(({ errorCode, statusCode, message, fields }) => ({
    code: errorCode ?? statusCode ?? 'UNKNOWN_EXCEPTION',
    message,
    fields: fields ?? [],
  }));
export type RecordError = z.infer<typeof recordError>;

/** Puts the errors of one request or one record into the app's words; the first one says what it is. */
export function salesforceFailure(errors: RecordError[]): CrmFailure {
  const [first, ...others] = errors;
  if (!first)
    return { kind: 'unavailable', message: 'Salesforce refused without a reason.', maybeDone: false };
  const tooManyAtOnce = first.code === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(first.message);
  if (tooManyAtOnce) return { kind: 'rateLimited', retryAfterMs: 5_000, daily: false };
  return failureOf(salesforceErrors, {
    code: first.code,
    message: [first, ...others].map(({ message }) => message).join(' '),
    fields: [...new Set(errors.flatMap(({ fields }) => fields))],
  });
}

/** What was said of one record among several says nothing of the others. */
export function recordFailure(errors: RecordError[]): CrmFailure {
  const failure = salesforceFailure(errors);
  return failure.kind === 'unavailable' ? { ...failure, ofRecord: true } : failure;
}

/**
 * An answer with an error status. Codes of the data API say for certain what happened; what comes from an
 * edge server (HTML, or nothing) leaves open whether a write was carried out. There is no `Retry-After`.
 */
export function answerFailure(status: number, body: unknown, changes: boolean): CrmFailure {
  const parsed = z
    .array(recordError)
    .min(1)
    .safeParse(Array.isArray(body) ? body : [body]);
  const known = parsed.success && parsed.data.every(({ code }) => code in salesforceErrors);
  const isError = parsed.success && parsed.data.every(({ code }) => !code.startsWith('ERROR_HTTP_'));
  if (known || (status < 500 && status !== 420 && status !== 429 && status !== 406 && isError)) {
    const failure = salesforceFailure(parsed.data);
    // A server error in JSON still does not say how far it came.
    return failure.kind === 'unavailable' && status >= 500 ? { ...failure, maybeDone: changes } : failure;
  }
  if (status === 404) return { kind: 'notFound' };
  if (status === 429 || status === 420) return { kind: 'rateLimited', retryAfterMs: 5_000, daily: false };
  return { kind: 'unavailable', message: `Salesforce answered ${status}.`, maybeDone: changes };
}
