import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { randomToken, seal, sha256 } from '#lib/core/crypto.ts';
import { db } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { authorizeUrl, createPkcePair } from '#lib/crm/salesforce/index.ts';
import { consentMs, loginUrlOf } from '../rules.ts';
import type { ConsentRequest } from '../schemas.ts';
import { salesforceApp } from './apps.ts';
import { insertConsent } from './repository.ts';

/** What the person's consent was asked with; sealed at rest. */
type ConsentSecret = { verifier: string; otherOrg: boolean };

/**
 * Begins a log-in at Salesforce and answers the address to go to. The consent is bound to this session,
 * good once and for ten minutes. Fails with `login_url_refused` for an address that is not Salesforce's.
 */
export async function beginSalesforceConsent(
  actor: Actor,
  request: Pick<ConsentRequest, 'sandbox'> & Partial<ConsentRequest>,
): Promise<Result<{ url: string }>> {
  const { SALESFORCE_LOGIN_URL: production, SALESFORCE_SANDBOX_LOGIN_URL: sandbox } = env();
  const loginUrl = loginUrlOf(request, { production, sandbox });
  if (loginUrl === null) return fail({ code: 'login_url_refused' });
  const { verifier, challenge } = createPkcePair();
  const state = randomToken();
  const secret: ConsentSecret = { verifier, otherOrg: request.otherOrg ?? false };
  const createdAt = await now();
  await insertConsent(db(), {
    stateHash: sha256(state),
    workspaceId: actor.workspaceId,
    userId: actor.userId,
    sessionHash: actor.sessionHash,
    loginUrl,
    sandbox: request.sandbox,
    codeVerifier: await seal(JSON.stringify(secret)),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + consentMs),
  });
  return ok({ url: authorizeUrl(salesforceApp(loginUrl), { state, challenge }) });
}
