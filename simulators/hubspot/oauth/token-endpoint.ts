import { randomUUID } from 'node:crypto';
import { accounts } from '../account/accounts.ts';
import type { World } from '../world.ts';
import type { App } from './apps.ts';
import { type Grant, provesPossession, type Tokens } from './tokens.ts';

export interface OAuthContext {
  world: World;
  tokens: Tokens;
  apps(): App[];
}

type Form = Map<string, string>;

/** Codes of RFC 6749 beside HubSpot's own words for the same. */
class Refusal {
  readonly error: string;
  readonly status: string;
  readonly message: string;

  constructor(error: string, status: string, message: string) {
    this.error = error;
    this.status = status;
    this.message = message;
  }
}

/** Every token address: `/oauth/{version}/token` and its `introspect` and `revoke`, and the v1 token pages. */
export async function oauthApi(
  context: OAuthContext,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const match = /^\/oauth\/(v1|v3|2026-03|2026-09)\/(token|token\/introspect|token\/revoke)$/.exec(path);
  const page = /^\/oauth\/v1\/(access|refresh)-tokens\/([^/]+)$/.exec(path);
  if (page) return tokenPage(context, request.method, page[1] ?? '', decodeURIComponent(page[2] ?? ''));
  const [, version = '', call = ''] = match ?? [];
  if (!match || request.method !== 'POST' || (version === 'v1' && call !== 'token')) return undefined;
  try {
    const form = await readForm(request);
    if (call === 'token') return json(200, grantToken(context, version, form));
    const app = authenticate(context, form);
    if (call === 'token/introspect') return json(200, introspect(context, version, app, form));
    revoke(context, app, form);
    return json(200, {});
  } catch (error) {
    if (error instanceof Refusal) return refuse(version, error);
    throw error;
  }
}

async function readForm(request: Request): Promise<Form> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new Refusal('invalid_request', 'BAD_GRANT_TYPE', 'missing or unknown grant type');
  }
  return new Map(new URLSearchParams(await request.text()));
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' },
  });
}

function refuse(version: string, { error, status, message }: Refusal): Response {
  const correlationId = randomUUID();
  const own = { status, message, correlationId };
  const body = version === 'v1' ? own : { error, error_description: message, ...own };
  const response = json(400, body);
  response.headers.set('x-hubspot-correlation-id', correlationId);
  return response;
}

function authenticate(context: OAuthContext, form: Form): App {
  const app = context.apps().find((each) => each.clientId === form.get('client_id'));
  if (!app) throw new Refusal('invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id');
  if (form.get('client_secret') !== app.clientSecret) {
    throw new Refusal('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
  }
  return app;
}

function grantToken(context: OAuthContext, version: string, form: Form) {
  const app = authenticate(context, form);
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return byCode(context, version, app, form);
    case 'refresh_token':
      return byRefreshToken(context, version, app, form);
    case 'client_credentials':
      if (version !== '2026-09') return byClientCredentials(context, version, app, form);
  }
  throw new Refusal('unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type');
}

function byCode(context: OAuthContext, version: string, app: App, form: Form) {
  const redirectUri = form.get('redirect_uri');
  if (!redirectUri || !app.redirectUris.includes(redirectUri)) {
    throw new Refusal('invalid_grant', 'BAD_REDIRECT_URI', 'missing or invalid redirect uri');
  }
  const grant = context.tokens.takeCode(form.get('code') ?? '');
  const unknown =
    version === 'v1' ? 'missing or unknown auth code' : 'auth code is invalid, expired or already used';
  if (!grant || grant.clientId !== app.clientId) throw new Refusal('invalid_grant', 'BAD_AUTH_CODE', unknown);
  if (grant.redirectUri !== redirectUri) {
    const status = 'MISMATCH_REDIRECT_URI_AUTH_CODE';
    throw new Refusal(
      'invalid_grant',
      status,
      'redirect uri does not match the one used to retrieve the auth code',
    );
  }
  if (!provesPossession(grant, form.get('code_verifier'))) {
    throw new Refusal('invalid_grant', 'BAD_CODE_VERIFIER', 'missing or invalid code verifier');
  }
  const { accessToken, refreshToken } = context.tokens.issue(grant);
  return tokenBody(context, version, grant, accessToken, refreshToken);
}

/** The refresh token is not rotated: the same one comes back. */
function byRefreshToken(context: OAuthContext, version: string, app: App, form: Form) {
  const token = form.get('refresh_token') ?? '';
  const grant = context.tokens.refresh(token);
  if (!grant || grant.clientId !== app.clientId) {
    const v1 = 'missing or unknown refresh token';
    const message = version === 'v1' ? v1 : 'refresh token is invalid, expired or revoked';
    throw new Refusal('invalid_grant', 'BAD_REFRESH_TOKEN', message);
  }
  return tokenBody(context, version, grant, context.tokens.issueAccess(grant), token);
}

function byClientCredentials(context: OAuthContext, version: string, app: App, form: Form) {
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
  const unknown = scopes.find((scope) => !app.scopes.includes(scope));
  if (unknown) throw new Refusal('invalid_scope', 'BAD_SCOPE', `unknown scope ${unknown}`);
  const grant = { clientId: app.clientId, appId: app.appId, portalId: 0, userId: 0, scopes };
  return tokenBody(context, version, grant, context.tokens.issueAccess(grant, true));
}

function tokenBody(
  context: OAuthContext,
  version: string,
  grant: Grant,
  accessToken: string,
  refreshToken?: string,
) {
  const base = {
    token_type: 'bearer',
    access_token: accessToken,
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
    expires_in: context.world.config.current.accessTokenSeconds,
  };
  if (version === 'v1' && refreshToken) return base;
  const owner = refreshToken ? { hub_id: grant.portalId, user_id: grant.userId } : {};
  // HubSpot's v1 client demands the field although this grant has no refresh token.
  const v1 = version === 'v1' && !refreshToken ? { refresh_token: '' } : {};
  const token_use = refreshToken ? 'access_token' : 'client_credentials';
  return { ...base, ...v1, ...owner, scopes: grant.scopes, token_use };
}

const SIGNED = (context: OAuthContext, grant: Grant, expiresAt: number) => ({
  expiresAt,
  scopes: grant.scopes.join(' '),
  hubId: grant.portalId,
  userId: grant.userId,
  appId: grant.appId,
  signature: '',
  scopeToScopeGroupPks: '',
  newSignature: '',
  hublet: accounts.find((account) => account.portalId === grant.portalId)?.dataHostingLocation ?? 'na1',
  trialScopes: '',
  trialScopeToScopeGroupPks: '',
  isUserLevel: false,
  isPrivateDistribution: true,
  installingUserId: grant.userId,
  isServiceAccount: false,
  issuedAt: expiresAt - context.world.config.current.accessTokenSeconds * 1_000,
});

function describe(grant: Grant) {
  const account = accounts.find((each) => each.portalId === grant.portalId);
  const user = account?.members.find((each) => each.userId === grant.userId);
  return {
    ...{ user: user?.email ?? '', hub_domain: account?.domain ?? '', scopes: grant.scopes },
    ...{ hub_id: grant.portalId, user_id: grant.userId },
  };
}

function introspect(context: OAuthContext, version: string, app: App, form: Form) {
  const token = form.get('token') ?? form.get('access_token') ?? form.get('refresh_token') ?? '';
  const access = context.tokens.access(token);
  const grant = access ?? context.tokens.refresh(token);
  const live = grant?.clientId === app.clientId && (!access || access.expiresAt > context.world.clock.now());
  if (!grant || !live) return { active: false };
  if (version === '2026-09') return { active: true };
  const common = { active: true, token, token_type: 'Bearer', client_id: app.clientId, app_id: app.appId };
  if (!access) return { ...common, token_use: 'refresh_token', ...describe(grant) };
  return {
    ...{ ...common, token_use: 'access_token', ...describe(grant) },
    expires_in: Math.floor((access.expiresAt - context.world.clock.now()) / 1_000),
    is_private_distribution: true,
    signed_access_token: SIGNED(context, grant, access.expiresAt),
  };
}

/** RFC 7009: a token that is unknown counts as revoked. */
function revoke(context: OAuthContext, app: App, form: Form) {
  const token = form.get('token') ?? form.get('access_token') ?? form.get('refresh_token') ?? '';
  if (context.tokens.refresh(token)?.clientId === app.clientId) context.tokens.revokeRefresh(token);
  if (context.tokens.access(token)?.clientId === app.clientId) context.tokens.revokeAccess(token);
}

function tokenPage(context: OAuthContext, method: string, kind: string, token: string): Response | undefined {
  const { tokens, world } = context;
  const unknown = (what: string) =>
    refuse('v1', new Refusal('', `BAD_${what}`, `missing or unknown ${what}`));
  if (kind === 'access') {
    if (method !== 'GET') return undefined;
    const grant = tokens.access(token);
    if (!grant || grant.expiresAt <= world.clock.now()) return notFoundPage('access token');
    return json(200, {
      ...{
        token,
        ...describe(grant),
        app_id: grant.appId,
        token_type: 'access',
        is_private_distribution: true,
      },
      expires_in: Math.floor((grant.expiresAt - world.clock.now()) / 1_000),
      signed_access_token: SIGNED(context, grant, grant.expiresAt),
    });
  }
  const grant = tokens.refresh(token);
  if (method === 'GET') {
    if (!grant) return notFoundPage('refresh token');
    return json(200, { token, client_id: grant.clientId, ...describe(grant), token_type: 'refresh' });
  }
  if (method !== 'DELETE') return undefined;
  if (!grant) return unknown('REFRESH_TOKEN');
  tokens.revokeRefresh(token);
  return new Response(null, { status: 204 });
}

function notFoundPage(what: string): Response {
  const correlationId = randomUUID();
  const message = `The ${what} was not found or has expired`;
  return json(404, { status: 'error', message, correlationId, category: 'OBJECT_NOT_FOUND' });
}
