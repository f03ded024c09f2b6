import { randomUUID } from 'node:crypto';
import { limitRoutes } from './account/limit-routes.ts';
import { accountRoutes } from './account/routes.ts';
import { labelRoutes } from './associations/label-routes.ts';
import { associationRoutes } from './associations/routes.ts';
import { associationV3Routes } from './associations/v3-routes.ts';
import { ApiError, errorBody, invalid, missingScopes, resourceNotFound } from './http/errors.ts';
import type { RateLimits } from './http/limits.ts';
import { canonicalPath } from './http/paths.ts';
import { type Answer, type Call, createRouter, type Route } from './http/router.ts';
import { importRoutes } from './imports/routes.ts';
import type { Journal } from './journal/journal.ts';
import { journalRoutes } from './journal/routes.ts';
import { listRoutes } from './lists/routes.ts';
import type { OAuthContext } from './oauth/token-endpoint.ts';
import type { Session } from './oauth/tokens.ts';
import { objectRoutes } from './objects/routes.ts';
import type { Portal } from './portal.ts';
import { propertyRoutes } from './properties/routes.ts';
import { schemaRoutes } from './schemas/routes.ts';
import { webhookRoutes } from './webhooks/subscriptions.ts';

const routes: readonly Route[] = [
  ...[...accountRoutes, ...limitRoutes, ...listRoutes, ...objectRoutes, ...propertyRoutes, ...schemaRoutes],
  ...[...associationRoutes, ...associationV3Routes, ...labelRoutes, ...importRoutes, ...webhookRoutes],
];

export interface ApiContext extends OAuthContext {
  portals: Map<number, Portal>;
  limits: RateLimits;
  journal: Journal;
}

/** Answers API calls: token, scopes, limits, route, and errors in HubSpot's form. */
export function createApi(context: ApiContext) {
  const router = createRouter([...routes, ...journalRoutes(context.journal)]);

  return async (request: Request): Promise<Response> => {
    const correlationId = randomUUID();
    let headers: Record<string, string> = {};
    try {
      const url = new URL(request.url);
      const { path, version } = canonicalPath(url.pathname);
      const match = router.find(request.method, path);
      if (!match) throw resourceNotFound();
      if (match === 'path') throw new ApiError(405, 'HTTP 405 Method Not Allowed');
      const session = authorize(context, request, url, match.route);
      const portal = portalOf(context, session, match.route);
      headers = context.limits.count(
        session,
        path.endsWith('/search') && path.startsWith('/crm/v3/objects/'),
      );
      const call = makeCall(context, { portal, session, path, version, params: match.params, url, request });
      await checkScopes(call, match.route);
      return send(await run(call, match.route), correlationId, headers);
    } catch (error) {
      return send(toAnswer(error, correlationId), correlationId, { ...headers, ...headersOf(error) });
    }
  };
}

/** Developer routes also take the developer's key in the query, as the published client sends it. */
function authorize(context: ApiContext, request: Request, url: URL, route: Route): Session {
  const key = url.searchParams.get('hapikey');
  const app =
    route.developer && key !== null ? context.apps().find((each) => each.developerKey === key) : undefined;
  if (!app)
    return context.tokens.authorize(request.headers.get('authorization') ?? undefined, context.apps());
  const grant = { clientId: app.clientId, appId: app.appId, portalId: 0, userId: 0, scopes: [...app.scopes] };
  const expiresAt = Number.POSITIVE_INFINITY;
  return {
    ...grant,
    expiresAt,
    token: '',
    source: { sourceType: 'INTEGRATION', sourceId: String(app.appId) },
  };
}

/** A token of the app alone belongs to no account; its routes use one only for the numbers they hand out. */
function portalOf(context: ApiContext, session: Session, route: Route): Portal {
  const portal = context.portals.get(session.portalId);
  if (portal) return portal;
  const [first] = context.portals.values();
  if (!route.developer || !first) throw missingScopes([]);
  return first;
}

function makeCall(
  context: ApiContext,
  parts: {
    portal: Portal;
    session: Call['session'];
    path: string;
    version?: string;
    params: Record<string, string>;
    url: URL;
    request: Request;
  },
): Call {
  const { url, request, ...rest } = parts;
  let parsed: Promise<unknown> | undefined;
  return {
    ...rest,
    request,
    method: request.method,
    query: url.searchParams,
    uninstall: () => context.tokens.uninstall(parts.session.clientId, parts.portal.id),
    portalById: (portalId) => context.portals.get(portalId),
    json<T>() {
      parsed ??= parseBody(request);
      return parsed as Promise<T>;
    },
  };
}

async function parseBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  const text = await request.text();
  if (!type.startsWith('application/json')) throw new ApiError(415, 'HTTP 415 Unsupported Media Type');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid('Invalid input JSON on line 1, column 1: the request body is no JSON object or list');
}

async function checkScopes(call: Call, route: Route) {
  const wanted = typeof route.scopes === 'function' ? route.scopes(call) : route.scopes;
  if (wanted.length > 0 && !wanted.some((scope) => call.session.scopes.includes(scope)))
    throw missingScopes(wanted);
}

/** A body is read before the batch begins: all that a call changes reaches the journal in one write. */
async function run(call: Call, route: Route): Promise<Answer> {
  const hasJson = call.request.headers.get('content-type')?.startsWith('application/json');
  if (hasJson && call.method !== 'GET' && call.method !== 'DELETE') await call.json();
  return call.portal.world.store.batch(() => route.handler(call));
}

function toAnswer(error: unknown, correlationId: string): Answer {
  if (error instanceof ApiError) return { status: error.status, body: errorBody(error, correlationId) };
  if (error instanceof URIError)
    return { status: 400, body: errorBody(invalid('Malformed path'), correlationId) };
  console.error('The HubSpot simulator failed:', error);
  return { status: 500, body: { status: 'error', message: 'internal error', correlationId } };
}

function headersOf(error: unknown): Record<string, string> {
  return error instanceof ApiError ? (error.fields.headers ?? {}) : {};
}

function send(answer: Answer, correlationId: string, headers: Record<string, string>): Response {
  const all = new Headers({ ...headers, 'x-hubspot-correlation-id': correlationId });
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers: all });
  all.set('content-type', 'application/json;charset=utf-8');
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers: all });
}
