import { apiError } from '../errors.ts';
import { subRequest } from './composite.ts';
import { isObject, jsonBody } from './input.ts';
import { dispatch } from './router.ts';
import { type ApiResponse, type Handler, type Route, route } from './types.ts';
import type { Usage } from './usage.ts';

const MAX_PARTS = 25;

/** Batch: up to 25 independent parts without rollback; each counts as a request. */
export function batchRoutes(routes: () => Route[], usage: Usage): Route[] {
  const batch: Handler = (request) => {
    const body = jsonBody(request);
    const list: unknown[] = Array.isArray(body.batchRequests) ? body.batchRequests : [];
    if (list.length === 0) throw apiError(400, 'INVALID_INPUT', 'batchRequests must not be empty');
    if (list.length > MAX_PARTS) {
      const text = `The number of sub-requests (${list.length}) exceeds the maximum of ${MAX_PARTS}`;
      throw apiError(400, 'LIMIT_EXCEEDED', text);
    }
    usage.add(list.length - 1);
    let hasErrors = false;
    const results = list.map((entry) => {
      if (hasErrors && body.haltOnError === true) {
        const text = 'Batch request halted because an earlier sub-request failed and haltOnError is set';
        return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: text }] };
      }
      const part = isObject(entry) ? entry : {};
      const method = String(part.method ?? '').toUpperCase();
      const url = String(part.url ?? '').replace(/^\/?services\/data\//, '');
      const sub = subRequest(request, { method, url, body: part.richInput, headers: {} }, 'relative');
      const response: ApiResponse =
        sub === null
          ? {
              status: 404,
              body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
            }
          : dispatch(routes(), sub);
      if (response.status >= 400) hasErrors = true;
      return { statusCode: response.status, result: response.body ?? null };
    });
    return { status: 200, body: { hasErrors, results } };
  };
  return [route('POST', 'composite/batch', batch)];
}
