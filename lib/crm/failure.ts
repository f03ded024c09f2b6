import type { Result } from '#lib/core/result.ts';

/** Which card of Sync Health a refusal belongs to, in the order of the cards. */
export const errorCategories = ['associations', 'automation', 'duplicates', 'permissions', 'values'] as const;
export type ErrorCategory = (typeof errorCategories)[number];

/** What can become of a call to a CRM; anything else is a bug and is thrown. */
export type CrmFailure =
  | { kind: 'notFound' }
  /** Too many calls. `daily`: the allowance of a whole day is used up. */
  | { kind: 'rateLimited'; retryAfterMs: number; daily: boolean }
  /** The connection no longer holds: a person must log in again. `notConnected`: there is none. */
  | { kind: 'authLost'; notConnected?: true }
  /** The CRM understood and said no; `code` is the vendor's own. */
  | { kind: 'rejected'; category: ErrorCategory; code: string; fields: string[]; message: string }
  /**
   * No answer, or one that says nothing of the request. `maybeDone`: a write may have been carried out. `ofRecord`: it
   * was said of this one record (somebody else holds it just now), and the others are not concerned. `unsent`: the CRM
   * was not asked at all, for what HubSpot had said of the members was too old.
   */
  | { kind: 'unavailable'; message: string; maybeDone: boolean; ofRecord?: true; unsent?: true };

export type CrmResult<T> = Result<T, CrmFailure>;
