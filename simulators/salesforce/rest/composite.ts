import { apiError } from '../errors.ts';
import { isObject, type JsonObject, jsonBody } from './input.ts';
import { dispatch } from './router.ts';
import { type ApiRequest, type ApiResponse, type Handler, type Route, route } from './types.ts';

const MAX_PARTS = 25;
const MAX_QUERY_PARTS = 5;

export interface Part {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  headers: Record<string, string>;
}

export interface PartResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

const HALTED = [
  {
    errorCode: 'PROCESSING_HALTED',
    message: 'The transaction was rolled back since another operation in the same transaction failed.',
  },
];

class Rollback extends Error {}

export function readParts(list: unknown): Part[] {
  if (!Array.isArray(list) || list.length === 0) {
    throw apiError(400, 'INVALID_INPUT', 'The request must contain at least one sub-request');
  }
  return list.map((entry: unknown) => {
    const part: JsonObject = isObject(entry) ? entry : {};
    const { method, url, referenceId, body, httpHeaders } = part;
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw apiError(400, 'INVALID_INPUT', 'Each sub-request needs a method and a url');
    }
    if (typeof referenceId !== 'string' || !/^[A-Za-z]\w*$/.test(referenceId)) {
      const text = `Provided referenceId ('${String(referenceId)}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;
      throw apiError(400, 'INVALID_INPUT', text);
    }
    const headers = isObject(httpHeaders)
      ? Object.fromEntries(
          Object.entries(httpHeaders).map(([key, value]) => [key.toLowerCase(), String(value)]),
        )
      : {};
    return { method: method.toUpperCase(), url, referenceId, body, headers };
  });
}

const isQueryLike = (part: Part) => /\/(query|queryAll|composite\/sobjects)\b/i.test(part.url);

function assertComposite(parts: Part[]): void {
  if (parts.length > MAX_PARTS) {
    const text = `Limit exceeded: a composite request may contain at most ${MAX_PARTS} sub-requests`;
    throw apiError(400, 'LIMIT_EXCEEDED', text);
  }
  if (parts.filter(isQueryLike).length > MAX_QUERY_PARTS) {
    const text = `Limit exceeded: at most ${MAX_QUERY_PARTS} sub-requests may be queries or sObject collections`;
    throw apiError(400, 'LIMIT_EXCEEDED', text);
  }
  const names = parts.map((part) => part.referenceId);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw apiError(400, 'INVALID_INPUT', `Duplicate reference id '${twice}' in composite request`);
}

class UnknownReference extends Error {}

/** Replaces `@{ref.path[0].to}` by values of earlier answers. */
function fill(text: string, answers: Map<string, unknown>): string {
  return text.replace(/@\{([^}]+)\}/g, (whole, path: string) => {
    const [name = '', ...rest] = path.split(/[.[\]]+/).filter((part) => part !== '');
    let value = answers.get(name);
    for (const key of rest)
      value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined;
    if (value === undefined || value === null) throw new UnknownReference(whole);
    return String(value);
  });
}

function fillDeep(value: unknown, answers: Map<string, unknown>): unknown {
  if (typeof value === 'string') return fill(value, answers);
  if (Array.isArray(value)) return value.map((each) => fillDeep(each, answers));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillDeep(each, answers)]));
}

/** The sub-request as a request of its own, of the same user. */
export function subRequest(
  request: ApiRequest,
  part: Omit<Part, 'referenceId'>,
  prefix: 'absolute' | 'relative',
): ApiRequest | null {
  const pattern = prefix === 'absolute' ? /^\/services\/data\/v(\d+)\.0\/?(.*)$/ : /^\/?v(\d+)\.0\/?(.*)$/;
  const url = new URL(part.url, 'http://org');
  const match = pattern.exec(prefix === 'absolute' ? url.pathname : url.pathname.replace(/^\//, ''));
  if (match === null) return null;
  const version = Number(match[1]);
  return {
    ...request,
    version,
    base: `/services/data/v${version}.0`,
    method: part.method,
    path: (match[2] ?? '')
      .split('/')
      .filter((each) => each !== '')
      .map(decodeURIComponent),
    query: url.searchParams,
    header: (name) =>
      part.headers[name.toLowerCase()] ??
      (name.toLowerCase() === 'content-type' ? 'application/json' : undefined),
    body: part.body === undefined || part.body === null ? '' : JSON.stringify(part.body),
  };
}

/** Runs the parts one after the other; references see earlier answers. */
export function runParts(routes: () => Route[], request: ApiRequest, parts: Part[], allOrNone: boolean) {
  const answers = new Map<string, unknown>();
  const results: PartResult[] = [];
  const run = (part: Part): ApiResponse => {
    try {
      const filled = { ...part, url: fill(part.url, answers), body: fillDeep(part.body, answers) };
      // What Salesforce makes of an address that is nothing but a reference is not documented.
      const isWhole = part.url.startsWith('/services/data/');
      const sub = isWhole ? subRequest(request, filled, 'absolute') : null;
      if (sub === null) {
        const body = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];
        return { status: 404, body };
      }
      return dispatch(routes(), sub);
    } catch (error) {
      if (!(error instanceof UnknownReference)) throw error;
      const message = `Invalid reference specified. No value for ${error.message.slice(2, -1)} found in ${error.message.slice(2, -1).split('.')[0]}`;
      return { status: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] };
    }
  };
  const all = () => {
    for (const part of parts) {
      const response = run(part);
      if (response.status < 300) answers.set(part.referenceId, response.body);
      results.push({
        body: response.body ?? null,
        httpHeaders: renameHeaders(response.headers),
        httpStatusCode: response.status,
        referenceId: part.referenceId,
      });
      if (allOrNone && response.status >= 400) throw new Rollback();
    }
  };
  try {
    request.org.transaction(all);
    return { results, ok: results.every((result) => result.httpStatusCode < 400) };
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    return { results: haltOthers(parts, results), ok: false };
  }
}

function haltOthers(parts: Part[], results: PartResult[]): PartResult[] {
  const failed = results.at(-1);
  return parts.map((part) =>
    failed !== undefined && part.referenceId === failed.referenceId
      ? failed
      : { body: HALTED, httpHeaders: {}, httpStatusCode: 400, referenceId: part.referenceId },
  );
}

function renameHeaders(headers: Record<string, string> = {}): Record<string, string> {
  const named: Record<string, string> = {};
  if (headers.location !== undefined) named.Location = headers.location;
  if (headers['last-modified'] !== undefined) named['Last-Modified'] = headers['last-modified'];
  return named;
}

/** Composite: up to 25 parts in one request, one transaction when allOrNone. */
export function compositeRoutes(routes: () => Route[]): Route[] {
  const composite: Handler = (request) => {
    const body = jsonBody(request);
    const parts = readParts(body.compositeRequest);
    assertComposite(parts);
    const { results } = runParts(routes, request, parts, body.allOrNone === true);
    return { status: 200, body: { compositeResponse: results } };
  };
  return [route('POST', 'composite', composite)];
}
