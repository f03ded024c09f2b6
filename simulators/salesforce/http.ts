import { Hono } from 'hono';
import { ApiError, apiError, errorBody, invalidSession, notFound } from './errors.ts';
import { Access } from './metadata/access.ts';
import type { SObject } from './metadata/types.ts';
import type { Grants } from './oauth/grants.ts';
import type { Org } from './records/org.ts';
import { versionList } from './rest/org-info.ts';
import { dispatch } from './rest/router.ts';
import { type ApiResponse, FIRST_VERSION, LAST_VERSION, type Route } from './rest/types.ts';
import type { Usage } from './rest/usage.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';
const MAX_URI = 16_384;

/** Parts of the API that every request passes. */
export interface ApiParts {
  org: Org;
  grants: Grants;
  usage: Usage;
  routes: Route[];
}

/** The rights of a user: those of the profile, by its name in the configuration. */
export function accessOf(org: Org, user: SObject): Access {
  const profile = org.table('Profile').get(String(user.ProfileId ?? ''));
  const rights = org.config.current.profiles[String(profile?.Name ?? '')] ?? {};
  return new Access(org.schema, rights);
}

/** An answer with the headers every REST answer carries. */
function toResponse(response: ApiResponse, usage: Usage | null): Response {
  const headers = new Headers({
    'cache-control': 'no-cache,must-revalidate,max-age=0,no-store,private',
    vary: 'Accept-Encoding',
    ...response.headers,
  });
  if (usage !== null) headers.set('sforce-limit-info', `api-usage=${usage.used}/${usage.limit}`);
  if (response.text !== undefined) return new Response(response.text, { status: response.status, headers });
  if (response.body === undefined) return new Response(null, { status: response.status, headers });
  headers.set('content-type', JSON_TYPE);
  return new Response(JSON.stringify(response.body), { status: response.status, headers });
}

const refusal = (error: ApiError): ApiResponse => ({ status: error.status, body: errorBody(error) });

/** The access token of a request, or null. */
function tokenOf(request: Request): string | null {
  const match = /^(?:Bearer|OAuth) +(\S+)$/i.exec(request.headers.get('authorization') ?? '');
  return match?.[1] ?? null;
}

/** The user behind a request, when the session lives, the profile may use the API and requests are left. */
export function admit(parts: ApiParts, token: string | null): { user: SObject; access: Access } {
  const user = token === null ? null : parts.grants.userOf(token);
  if (user === null) throw invalidSession();
  const profile = parts.org.table('Profile').get(String(user.ProfileId ?? ''));
  if (parts.org.config.current.profiles[String(profile?.Name ?? '')]?.apiEnabled === false) {
    const text = 'API is not enabled for this Organization or Partner';
    throw apiError(403, 'API_DISABLED_FOR_ORG', text);
  }
  if (parts.usage.used >= parts.usage.limit) {
    throw apiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  return { user, access: accessOf(parts.org, user) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}

async function handle(parts: ApiParts, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const body = await request.text();
  parts.org.settle();
  if (request.url.length > MAX_URI) {
    return toResponse(refusal(apiError(414, 'URI_TOO_LONG', 'URI too long')), null);
  }
  const rest = url.pathname.replace(/^\/services\/data\/?/, '');
  if (rest === '') return toResponse({ status: 200, body: versionList() }, null);
  const [versionText = '', ...path] = rest.split('/').filter((part) => part !== '');
  const match = /^v(\d\d)\.0$/.exec(versionText === 'latest' ? `v${LAST_VERSION}.0` : versionText);
  const version = Number(match?.[1] ?? 0);
  if (version < FIRST_VERSION || version > LAST_VERSION) return toResponse(refusal(notFound()), null);
  let admitted: ReturnType<typeof admit>;
  try {
    admitted = admit(parts, tokenOf(request));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return toResponse(refusal(error), error.status === 401 ? null : parts.usage);
  }
  parts.usage.add();
  try {
    const response = dispatch(parts.routes, {
      ...admitted,
      org: parts.org,
      version,
      base: `/services/data/v${version}.0`,
      origin: url.origin,
      method: request.method,
      path: path.map(decode),
      query: url.searchParams,
      header: (name) => request.headers.get(name) ?? undefined,
      body,
    });
    return toResponse(response, parts.usage);
  } catch (error) {
    if (error instanceof ApiError) return toResponse(refusal(error), parts.usage);
    console.error('The Salesforce simulator failed at', request.method, url.pathname, error);
    const text = 'An unexpected error occurred. Please include this ErrorId if you contact support: 0';
    return toResponse(refusal(apiError(500, 'UNKNOWN_EXCEPTION', text)), parts.usage);
  }
}

/** `/services/data` and everything below. */
export function dataRoutes(parts: ApiParts): Hono {
  const app = new Hono({ strict: false });
  app.all('/services/data', (c) => handle(parts, c.req.raw));
  app.all('/services/data/*', (c) => handle(parts, c.req.raw));
  return app;
}
