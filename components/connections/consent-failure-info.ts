import type { FailureCode } from '#lib/core/failures.ts';

const kinds = {
  consent_denied: 'denied',
  consent_unverified: 'unverified',
  consent_failed: 'failed',
  salesforce_api_disabled: 'apiDisabled',
  salesforce_rate_limited: 'limitReached',
  salesforce_unavailable: 'unavailable',
  salesforce_refused: 'refused',
  salesforce_auth_lost: 'refused',
  salesforce_not_connected: 'refused',
  salesforce_missing_rights: 'rights',
  login_url_refused: 'loginUrl',
  bad_request: 'unverified',
  admin_only: 'adminOnly',
} as const satisfies Partial<Record<FailureCode, string>>;

type Kind = (typeof kinds)[keyof typeof kinds] | 'other';
export type Right = { object: string; right: 'read' | 'create' | 'edit' };
export type ConsentFailureInfo = { kind: Kind; reference: string | null; rights: Right[] };

/** Reads what the callback wrote into the address. Whatever it does not know is told in general words. */
export function consentFailureOf(params: {
  error: string;
  reference: string | null;
  rights: string | null;
}): ConsentFailureInfo {
  const known = Object.entries(kinds).find(([code]) => code === params.error)?.[1] ?? 'other';
  const rights = rightsOf(params.rights ?? '');
  const kind = known === 'rights' && rights.length === 0 ? 'refused' : known;
  const isReference = /^[0-9a-f-]{8,64}$/i.test(params.reference ?? '');
  return { kind, rights, reference: isReference ? params.reference : null };
}

/** "Lead: create, Contact: read" */
function rightsOf(text: string): Right[] {
  return [...text.matchAll(/\b(Lead|Contact): (read|create|edit)\b/g)].map(([, object = '', right]) => ({
    object,
    right: right === 'create' || right === 'edit' ? right : 'read',
  }));
}
