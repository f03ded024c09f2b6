import { ApiError, apiError, errorBody, notFound } from '../errors.ts';
import type { ApiRequest, ApiResponse, Params, Route } from './types.ts';

function match(pattern: string[], path: string[]): Params | null {
  if (pattern.length !== path.length) return null;
  const params: Params = {};
  for (const [index, part] of pattern.entries()) {
    const given = path[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = given;
    else if (part.toLowerCase() !== given.toLowerCase()) return null;
  }
  return params;
}

/** Finds the handler of a request and turns refusals into the vendor's error arrays. */
export function dispatch(routes: Route[], request: ApiRequest): ApiResponse {
  try {
    return findAndRun(routes, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}

function findAndRun(routes: Route[], request: ApiRequest): ApiResponse {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  let allowed = false;
  for (const candidate of routes) {
    const params = match(candidate.pattern, request.path);
    if (params === null) continue;
    allowed = true;
    if (candidate.method === method) return candidate.handler(request, params);
  }
  if (!allowed) throw notFound();
  const text = `HTTP Method '${request.method}' not allowed. Allowed are ${methodsOf(routes, request.path)}`;
  throw apiError(405, 'METHOD_NOT_ALLOWED', text);
}

function methodsOf(routes: Route[], path: string[]): string {
  const methods = routes.filter((each) => match(each.pattern, path) !== null).map((each) => each.method);
  if (methods.includes('GET')) methods.push('HEAD');
  return [...new Set(methods)].sort().join(',');
}
