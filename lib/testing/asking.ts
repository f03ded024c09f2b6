import type { RouteContext } from '#lib/core/route.ts';

export type Handler = (request: Request, context: RouteContext) => Promise<Response>;
export type Asking = {
  /** Left out: POST with a body, GET without. */
  method?: string;
  /** With its question mark. */
  query?: string;
  params?: Awaited<RouteContext['params']>;
  /** Sent as JSON; a text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
};

/** Asks a route as the browser of this person does; null: of nobody who is logged in. */
export async function send(
  handler: Handler,
  who: { cookie: string } | null,
  { method, query = '', params = {}, body, headers }: Asking = {},
): Promise<Response> {
  const request = new Request(`http://localhost:3000/api${query}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...(who ? { cookie: who.cookie } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of many shapes.
export type Answer<Body = Record<string, any>> = { status: number; body: Body };

/** What a route answers as JSON. */
export async function ask<Body = Answer['body']>(...given: Parameters<typeof send>): Promise<Answer<Body>> {
  const response = await send(...given);
  return { status: response.status, body: (await response.json()) as Body };
}
