import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Env } from '#lib/core/env.ts';
import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import { createHubSpot } from '#lib/crm/hubspot/index.ts';
import {
  exchangeCode,
  type HubSpotTokens,
  hubspotScopes,
  introspect,
  readOwnerName,
  readUser,
} from '#lib/crm/hubspot/oauth.ts';
import type { CrmAccess } from '#lib/crm/ports.ts';

/** Who logged in, as HubSpot says; `id` is what next-auth knows the account by. */
export type HubSpotIdentity = {
  /** `{hub_id}:{user_id}` */
  id: string;
  hubId: string;
  hubDomain: string;
  hubspotUserId: string;
  name: string;
  email: string;
  timeZone: string;
  uiDomain: string;
  /** Null: HubSpot did not tell, the former role stays. */
  superAdmin: boolean | null;
};

/** HubSpot as a next-auth provider; every call goes through our own adapter and its time limits. */
export function hubspotProvider(env: Env): OAuthConfig<HubSpotIdentity> {
  const app = appOf(env);
  return {
    id: 'hubspot',
    name: 'HubSpot',
    type: 'oauth',
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    client: { token_endpoint_auth_method: 'client_secret_post' },
    checks: ['state'],
    authorization: {
      url: new URL('/oauth/authorize', app.appUrl).toString(),
      params: { scope: hubspotScopes.join(' ') },
    },
    token: {
      request: async ({ params, provider }) => {
        const redirectUri = provider.callbackUrl;
        const tokens = await exchangeCode(app, { code: String(params.code ?? ''), redirectUri });
        return { tokens: tokenSetOf(orThrow(tokens)) };
      },
    },
    userinfo: { request: async ({ tokens }) => identityOf(app, tokens.access_token ?? '') },
    profile: (identity) => identity,
  };
}

function appOf(env: Env) {
  return {
    clientId: env.HUBSPOT_CLIENT_ID,
    clientSecret: env.HUBSPOT_CLIENT_SECRET,
    apiUrl: env.HUBSPOT_API_URL,
    appUrl: env.HUBSPOT_APP_URL,
  };
}

function tokenSetOf(tokens: HubSpotTokens) {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    expires_at: Math.floor(Date.now() / 1000) + tokens.expiresInSeconds,
    token_type: 'bearer',
    scope: tokens.scopes.join(' '),
  };
}

async function identityOf(app: ReturnType<typeof appOf>, accessToken: string): Promise<HubSpotIdentity> {
  const access: CrmAccess = { token: async () => ({ ok: true, value: { accessToken, apiUrl: app.apiUrl } }) };
  const identity = orThrow(await introspect(app, accessToken));
  if (!identity.hubId || !identity.userId || !identity.email)
    throw new Error('HubSpot did not say who logged in.');
  const { hubId, userId, email } = identity;
  const [account, user, ownerName] = await Promise.all([
    createHubSpot(access).account(),
    readUser(access, userId),
    readOwnerName(access, email),
  ]);
  const { timeZone, uiDomain } = orThrow(account);
  return {
    id: `${hubId}:${userId}`,
    hubId,
    hubDomain: identity.hubDomain ?? hubId,
    hubspotUserId: userId,
    name: (ownerName.ok && ownerName.value) || email,
    email,
    timeZone,
    uiDomain,
    superAdmin: user.ok ? user.value.superAdmin : null,
  };
}

/** A failed log-in ends at the log-in page; next-auth wants it thrown. */
function orThrow<T>(result: CrmResult<T>): T {
  if (result.ok) return result.value;
  throw new Error(`HubSpot: ${describe(result.failure)}`);
}

function describe(failure: CrmFailure): string {
  return failure.kind === 'rejected' ? `rejected (${failure.code})` : failure.kind;
}
