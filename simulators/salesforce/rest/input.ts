import { apiError, notFound } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { WriteContext } from '../records/context.ts';
import type { QueryScope } from '../soql/resolve.ts';
import type { ApiRequest } from './types.ts';

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The request's body as a JSON object; the vendor's refusal when it is none. */
export function jsonBody(request: ApiRequest): JsonObject {
  const type = request.header('content-type') ?? 'application/json';
  if (request.body !== '' && !type.includes('json')) {
    const text = `Content-Type header specified in HTTP request is not supported: ${type}`;
    throw apiError(415, 'UNSUPPORTED_MEDIA_TYPE', text);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch (error) {
    throw apiError(400, 'JSON_PARSER_ERROR', parserText(request.body, error));
  }
  if (!isObject(parsed)) {
    throw apiError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body must be a JSON object');
  }
  return parsed;
}

function parserText(body: string, error: unknown): string {
  if (body.trim() === '') return 'The HTTP entity body is required, but this request has no entity body.';
  const reported = /position (\d+)/.exec(error instanceof Error ? error.message : '');
  const at = reported === null ? body.length : Number(reported[1]);
  const lines = body.slice(0, at).split('\n');
  const sign = body.charAt(at);
  const what =
    sign === '' ? 'Unexpected end-of-input' : `Unexpected character ('${sign}' (code ${sign.charCodeAt(0)}))`;
  return `${what} at [line:${lines.length}, column:${(lines.at(-1) ?? '').length + 1}]`;
}

/** The object of a path or a body; 404 when the user may not know of it. */
export function objectOf(request: ApiRequest, name: string): ObjectInfo {
  const info = request.access.object(name);
  if (info === null) throw notFound();
  return info;
}

const isTrue = (text: string | undefined) => text?.trim().toLowerCase() === 'true';

/** Options of a header like `allowSave=true; includeRecordDetails=false`. */
export function headerOptions(text: string | undefined): Map<string, string> {
  const options = new Map<string, string>();
  for (const part of (text ?? '').split(/[;,]/)) {
    const [key = '', value = ''] = part.split('=');
    if (key.trim() !== '') options.set(key.trim().toLowerCase(), value.trim());
  }
  return options;
}

/** Who writes and what the headers ask for. */
export function writeContext(request: ApiRequest): WriteContext {
  const duplicates = headerOptions(request.header('sforce-duplicate-rule-header'));
  const assign = request.header('sforce-auto-assign')?.trim();
  const lower = assign?.toLowerCase();
  return {
    org: request.org,
    access: request.access,
    userId: request.user.Id,
    version: request.version,
    options: {
      autoAssign:
        lower === undefined || lower === 'true' ? true : lower === 'false' ? false : (assign ?? true),
      allowSave: isTrue(duplicates.get('allowsave')),
      includeRecordDetails: isTrue(duplicates.get('includerecorddetails')),
    },
  };
}

export function queryScope(request: ApiRequest, soql: string): QueryScope {
  return {
    org: request.org,
    access: request.access,
    userId: request.user.Id,
    soql,
    now: request.org.clock.now(),
    timeZone: typeof request.user.TimeZoneSidKey === 'string' ? request.user.TimeZoneSidKey : 'UTC',
    base: request.base,
  };
}
