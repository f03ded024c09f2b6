import type { CrmResult } from '../failure.ts';

/**
 * Gives a token that is good now. `rejected` is a token that the CRM just refused: a newer one is wanted.
 * `forChange`: something is about to be changed with it, so that no older knowledge of the connection will do.
 */
export type TokenSupplier = (
  rejected?: string,
  forChange?: boolean,
) => Promise<CrmResult<{ accessToken: string; apiUrl: string }>>;

/** Told of every call that counts against an allowance. */
export type CallCounter = (crm: 'HUBSPOT' | 'SALESFORCE', calls: number) => void;

export type CrmAccess = {
  token: TokenSupplier;
  onCall?: CallCounter;
  /** Ends waiting and requests under way; a write that had been sent may still have been carried out. */
  signal?: AbortSignal;
  /** The account behind the token: ports of one account share its rate limits. */
  account?: string;
  /** How long one request may take; 60 seconds if left out. */
  timeoutMs?: number;
};

/** A value as the vendor returned it, as text; null is blank. A property that is missing was not read. */
export type Values = Record<string, string | null>;
