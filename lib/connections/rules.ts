import type { Failure } from '#lib/core/failures.ts';
import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import type { App } from './schemas.ts';

export type Crm = 'HUBSPOT' | 'SALESFORCE';

/** An access token is renewed this long before it ends, so that none ends on its way. */
const renewEarlyMs = 60_000;
/** How long one worker may take for a renewal; longer than the token call's own time limit. */
export const leaseMs = 40_000;
/** A consent is good for this long. */
export const consentMs = 10 * 60_000;

export type StoredToken = { accessToken: string | null; accessExpiresAt: Date | null };

/** Whether a stored token may be used now. `rejected` is one that the CRM just refused. */
export function isUsable(
  token: StoredToken,
  plain: string | null,
  rejected: string | undefined,
  now: Date,
): boolean {
  if (plain === null || plain === rejected) return false;
  return token.accessExpiresAt === null || token.accessExpiresAt.getTime() - renewEarlyMs > now.getTime();
}

/** Whether a log-in's tokens replace what is stored: never a working connection, nor one that was ended. */
export function loginReplaces(
  status: 'CONNECTED' | 'EXPIRED' | 'DISCONNECTED' | null,
  reconnect: boolean,
): boolean {
  return status === null || status === 'EXPIRED' || reconnect;
}

/**
 * Where Salesforce is asked. The app's secret goes there, so only the configured hosts and Salesforce's
 * own domains are allowed. Null: the address is refused.
 */
export function loginUrlOf(
  request: { sandbox: boolean; loginUrl?: string | undefined },
  configured: { production: string; sandbox: string },
): string | null {
  if (request.loginUrl === undefined) return request.sandbox ? configured.sandbox : configured.production;
  const { origin, protocol, hostname, username, port } = new URL(request.loginUrl);
  const known = [configured.production, configured.sandbox].find((url) => new URL(url).origin === origin);
  if (known) return known;
  const isSalesforce = /^([a-z0-9-]+\.)+my\.salesforce\.com$/.test(hostname);
  return protocol === 'https:' && isSalesforce && username === '' && port === '' ? origin : null;
}

/** What the API wants to hear before it disconnects; the page asks for the same in the reader's language. */
export function disconnectPhrase(app: App): string {
  return app === 'hubspot' ? 'Disconnect HubSpot' : 'Disconnect Salesforce';
}

export type MissingRight = { object: SalesforceObject; right: 'read' | 'create' | 'edit' };

/** Which rights on an object the sync would lack, told by what the user may see and write of it. */
export function missingRights(
  object: SalesforceObject,
  described: CrmResult<SalesforceField[]>,
): MissingRight[] {
  if (!described.ok) return [{ object, right: 'read' }];
  const lastName = described.value.find(({ name }) => name === 'LastName');
  const missing: MissingRight[] = [];
  if (!lastName?.createable) missing.push({ object, right: 'create' });
  if (!lastName?.updateable) missing.push({ object, right: 'edit' });
  return missing;
}

/** Says a CRM's failure as one of ours. */
export function crmFailureToFailure(crm: Crm, failure: CrmFailure): Failure {
  const app = crm === 'HUBSPOT' ? 'hubspot' : 'salesforce';
  switch (failure.kind) {
    case 'notFound':
      return { code: 'not_found' };
    case 'rateLimited':
      return { code: `${app}_rate_limited` };
    case 'authLost':
      return { code: failure.notConnected ? `${app}_not_connected` : `${app}_auth_lost` };
    case 'unavailable':
      return { code: `${app}_unavailable` };
    case 'rejected':
      return { code: `${app}_refused`, values: { message: failure.message || failure.code } };
  }
}
