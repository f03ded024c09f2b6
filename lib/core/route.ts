import type { z } from 'zod';
import type { Failure } from './failures.ts';
import { logBug } from './log.ts';
import { problemResponse, type Translate } from './problem-json.ts';
import { fail, ok, type Result } from './result.ts';

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type Schema<T> = z.ZodType<T>;

export type RouteSpec<Actor, P, Q, B, T> = {
  params?: Schema<P>;
  query?: Schema<Q>;
  body?: Schema<B>;
  run: (input: { actor: Actor; params: P; query: Q; body: B; request: Request }) => Promise<Result<T>>;
  /** How to answer a success; JSON with 200 if left out. */
  respond?: (value: T) => Response;
  /** How to answer an expected failure; problem+json if left out. For addresses that a browser is sent to. */
  respondFailure?: (failure: Failure) => Response;
};

export type RouteParts<Actor> = {
  authorise: (request: Request) => Promise<Result<Actor>>;
  translator: (request: Request) => Promise<Translate>;
  appUrl: () => string;
};

/**
 * Makes a route handler: same origin, who asks, parse, one call, answer. Every failure becomes problem+json
 * in the reader's language; an exception becomes `unexpected` with the id of its log entry.
 */
export function createRoute<Actor>(parts: RouteParts<Actor>) {
  return function route<P = unknown, Q = unknown, B = unknown, T = unknown>(
    spec: RouteSpec<Actor, P, Q, B, T>,
  ) {
    return async function handle(request: Request, context: RouteContext): Promise<Response> {
      const translate = await parts.translator(request);
      try {
        if (!isSameOrigin(request, parts.appUrl()))
          return problemResponse({ code: 'wrong_origin' }, translate);
        const refuse = spec.respondFailure ?? ((failure: Failure) => problemResponse(failure, translate));
        const actor = await parts.authorise(request);
        if (!actor.ok) return refuse(actor.failure);
        const input = await parseInput(request, context, spec);
        if (!input.ok) return refuse(input.failure);
        const result = await spec.run({ actor: actor.value, request, ...input.value });
        if (!result.ok) return refuse(result.failure);
        if (spec.respond) return spec.respond(result.value);
        return Response.json(result.value ?? null, { headers: { 'cache-control': 'no-store' } });
      } catch (error) {
        const reference = logBug(error, { method: request.method, path: new URL(request.url).pathname });
        return problemResponse({ code: 'unexpected', reference }, translate);
      }
    };
  };
}

/** A browser names the page that makes it write; another site's page is refused. Reads change nothing. */
function isSameOrigin(request: Request, appUrl: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(appUrl).origin;
}

async function parseInput<Actor, P, Q, B, T>(
  request: Request,
  context: RouteContext,
  spec: RouteSpec<Actor, P, Q, B, T>,
): Promise<Result<{ params: P; query: Q; body: B }>> {
  const params = parse(spec.params, await context.params, 'params');
  if (!params.ok) return params;
  const query = parse(spec.query, Object.fromEntries(new URL(request.url).searchParams), 'query');
  if (!query.ok) return query;
  const json = spec.body ? await readJson(request) : ok(undefined);
  if (!json.ok) return json;
  const body = parse(spec.body, json.value, 'body');
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, body: body.value });
}

async function readJson(request: Request): Promise<Result<unknown>> {
  try {
    return ok(await request.json());
  } catch {
    return fail({ code: 'bad_request', fields: [{ path: 'body', message: 'This is not JSON.' }] });
  }
}

function parse<T>(schema: Schema<T> | undefined, value: unknown, where: string): Result<T> {
  if (!schema) return ok(undefined as T);
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  return fail<Failure>({ code: 'bad_request', fields });
}
