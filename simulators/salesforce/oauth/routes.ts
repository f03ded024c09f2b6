import { type Context, Hono } from 'hono';
import type { Org } from '../records/org.ts';
import { type ConnectedApp, type Grants, OAuthError } from './grants.ts';
import { identityBody, identityUrl, userInfoBody } from './identity.ts';
import { consentPage, errorPage } from './pages.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';
const NO_STORE = 'no-cache,must-revalidate,max-age=0,no-store,private';

interface Parts {
  org: Org;
  grants: Grants;
  /** Redirect addresses registered with the apps. */
  redirectUris(): string[];
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': JSON_TYPE, 'cache-control': NO_STORE },
  });
}

const origin = (c: Context) => new URL(c.req.url).origin;

function redirect(address: string, values: Record<string, string | null>): Response {
  const url = new URL(address);
  for (const [key, value] of Object.entries(values)) if (value !== null) url.searchParams.set(key, value);
  return new Response(null, { status: 302, headers: { location: url.href } });
}

interface Authorize {
  app: ConnectedApp;
  redirectUri: string;
  state: string | null;
  scope: string;
  challenge: string | null;
  params: URLSearchParams;
}

/** Checks an authorization request. What cannot be told to the app by redirect becomes a page. */
function checkAuthorize(parts: Parts, params: URLSearchParams): Authorize | Response {
  const app = parts.grants.app(params.get('client_id'));
  if (app === null) return errorPage('invalid_client_id', 'client identifier invalid');
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!parts.redirectUris().includes(redirectUri)) {
    return errorPage('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const state = params.get('state');
  const refuse = (error: string, description: string) =>
    redirect(redirectUri, { error, error_description: description, state });
  if (params.get('response_type') !== 'code') {
    return refuse('unsupported_response_type', 'response type not supported');
  }
  const challenge = params.get('code_challenge');
  if (challenge === null && app.pkceRequired) {
    return refuse('invalid_request', 'missing required code challenge');
  }
  if (challenge !== null && (params.get('code_challenge_method') ?? 'S256') !== 'S256') {
    return refuse('invalid_request', 'invalid code challenge method');
  }
  if (challenge !== null && !/^[\w-]{43}$/.test(challenge)) {
    return refuse('invalid_request', 'invalid code challenge');
  }
  const scope = params.get('scope') ?? 'api refresh_token id';
  return { app, redirectUri, state, scope, challenge, params };
}

function decide(parts: Parts, request: Authorize, form: URLSearchParams): Response {
  const { redirectUri, state } = request;
  if (form.get('decision') !== 'allow') {
    return redirect(redirectUri, {
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state,
    });
  }
  const userId = form.get('user') ?? '';
  if (parts.org.table('User').get(userId)?.IsActive !== true) {
    return errorPage(
      'OAUTH_APPROVAL_ERROR_GENERIC',
      'An unexpected error has occured during authentication.',
    );
  }
  const { app, scope, challenge } = request;
  const code = parts.grants.issueCode({ appId: app.id, userId, redirectUri, scope, challenge });
  return redirect(redirectUri, { code, state });
}

function clientOf(parts: Parts, form: URLSearchParams, authorization: string | undefined): ConnectedApp {
  let id = form.get('client_id');
  let secret = form.get('client_secret');
  if (authorization?.startsWith('Basic ') === true) {
    const pair = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    id = decodeURIComponent(pair[0] ?? '');
    secret = decodeURIComponent(pair[1] ?? '');
  }
  const app = parts.grants.app(id);
  if (app === null) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (secret !== app.secret) throw new OAuthError('invalid_client', 'invalid client credentials');
  return app;
}

function tokensFor(parts: Parts, app: ConnectedApp, form: URLSearchParams) {
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') {
    const code = form.get('code') ?? '';
    return parts.grants.redeem(app, code, form.get('redirect_uri') ?? '', form.get('code_verifier'));
  }
  if (kind === 'refresh_token') return parts.grants.refresh(app, form.get('refresh_token') ?? '');
  if (kind === 'password' && parts.org.config.current.passwordLogin) {
    for (const user of parts.org.table('User').rowsBy('Username', form.get('username'))) {
      const given = form.get('password');
      if (user.IsActive === true && given !== null && given !== '') {
        return parts.grants.grant(app, user.Id, 'api id');
      }
    }
    throw new OAuthError('invalid_grant', 'authentication failure');
  }
  if (kind === 'password') throw new OAuthError('invalid_grant', 'authentication failure');
  throw new OAuthError('unsupported_grant_type', 'grant type not supported');
}

async function token(parts: Parts, c: Context): Promise<Response> {
  const form = new URLSearchParams(await c.req.text());
  try {
    const app = clientOf(parts, form, c.req.header('authorization'));
    const { grant, accessToken, refreshToken } = tokensFor(parts, app, form);
    const id = identityUrl(origin(c), parts.org.orgId, grant.userId);
    return json(200, {
      access_token: accessToken,
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
      ...parts.grants.sign(app, id),
      scope: grant.scope.replaceAll('offline_access', 'refresh_token'),
      instance_url: origin(c),
      id,
      token_type: 'Bearer',
    });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return json(error.status, { error: error.code, error_description: error.message });
  }
}

function bearer(c: Context): string | null {
  const header = c.req.header('authorization') ?? '';
  const match = /^(?:Bearer|OAuth) +(.+)$/i.exec(header);
  return match?.[1] ?? c.req.query('oauth_token') ?? c.req.query('access_token') ?? null;
}

const forbidden = (text: string) =>
  new Response(text, { status: 403, headers: { 'content-type': 'text/html;charset=UTF-8' } });

/** Log-in, consent, tokens, userinfo and identity. */
export function oauthRoutes(parts: Parts): Hono {
  const app = new Hono({ strict: false });
  const { grants, org } = parts;
  app.get('/services/oauth2/authorize', (c) => {
    const request = checkAuthorize(parts, new URL(c.req.url).searchParams);
    if (request instanceof Response) return request;
    return consentPage(org, request.app.name, request.scope, request.params);
  });
  app.post('/services/oauth2/authorize', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const request = checkAuthorize(parts, form);
    return request instanceof Response ? request : decide(parts, request, form);
  });
  app.post('/services/oauth2/token', (c) => token(parts, c));
  app.post('/services/oauth2/revoke', async (c) => {
    const value = new URLSearchParams(await c.req.text()).get('token') ?? '';
    if (grants.revoke(value)) return new Response(null, { status: 200 });
    return json(400, { error: 'invalid_token', error_description: 'invalid token' });
  });
  app.on(['GET', 'POST'], '/services/oauth2/userinfo', (c) => {
    const given = bearer(c);
    if (given === null) return forbidden('Missing_OAuth_Token');
    const user = grants.userOf(given);
    return user === null ? forbidden('Bad_OAuth_Token') : json(200, userInfoBody(org, user, origin(c)));
  });
  app.get('/id/:org/:user', (c) => {
    const given = bearer(c);
    if (given === null) return forbidden('Missing_OAuth_Token');
    const user = grants.userOf(given);
    if (user === null) return forbidden('Bad_OAuth_Token');
    if (c.req.param('org').slice(0, 15) !== org.orgId.slice(0, 15)) return forbidden('Wrong_Org');
    const asked = org.table('User').get(c.req.param('user'));
    return asked === undefined ? c.notFound() : json(200, identityBody(org, asked, origin(c)));
  });
  return app;
}
