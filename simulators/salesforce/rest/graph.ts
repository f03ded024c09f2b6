import { apiError, notFound } from '../errors.ts';
import { type Part, readParts, runParts } from './composite.ts';
import { isObject, jsonBody } from './input.ts';
import { type Handler, type Route, route } from './types.ts';

const MAX_GRAPHS = 75;
const MAX_NODES = 500;
const MAX_DEPTH = 15;
const MAX_KINDS = 15;
const MAX_FAILED = 14;
const FIRST_VERSION_WITH_GRAPHS = 50;

const references = (part: Part) => {
  const text = part.url + JSON.stringify(part.body ?? null);
  return [...text.matchAll(/@\{(\w+)/g)].map((match) => match[1] ?? '');
};

function assertGraph(graphId: string, parts: Part[]): void {
  const depth = new Map<string, number>();
  const kinds = new Set<string>();
  for (const part of parts) {
    const own = 1 + Math.max(0, ...references(part).map((name) => depth.get(name) ?? 0));
    depth.set(part.referenceId, own);
    if (own > MAX_DEPTH) {
      throw apiError(400, 'INVALID_INPUT', `Graph ${graphId} is deeper than the maximum of ${MAX_DEPTH}`);
    }
    const path = new URL(part.url, 'http://org').pathname.replace(/\/services\/data\/v\d+\.0\//, '');
    if (!/^sobjects\//.test(path)) {
      throw apiError(400, 'INVALID_INPUT', `Graph ${graphId} may contain sObject rows only, not ${path}`);
    }
    kinds.add(`${part.method} ${path.split('/')[1] ?? ''}`);
  }
  if (kinds.size > MAX_KINDS) {
    throw apiError(400, 'INVALID_INPUT', `Graph ${graphId} has more than ${MAX_KINDS} different nodes`);
  }
}

/** Composite Graph: independent groups of parts, each one transaction. */
export function graphRoutes(routes: () => Route[]): Route[] {
  const graph: Handler = (request) => {
    if (request.version < FIRST_VERSION_WITH_GRAPHS) throw notFound();
    const list: unknown = jsonBody(request).graphs;
    if (!Array.isArray(list) || list.length === 0) {
      throw apiError(400, 'INVALID_INPUT', 'The request must contain at least one graph');
    }
    if (list.length > MAX_GRAPHS) {
      throw apiError(400, 'LIMIT_EXCEEDED', `A request may contain at most ${MAX_GRAPHS} graphs`);
    }
    const graphs = list.map((entry: unknown) => {
      const each = isObject(entry) ? entry : {};
      const parts = readParts(each.compositeRequest);
      const graphId = String(each.graphId ?? '');
      assertGraph(graphId, parts);
      return { graphId, parts };
    });
    if (graphs.reduce((sum, each) => sum + each.parts.length, 0) > MAX_NODES) {
      throw apiError(400, 'LIMIT_EXCEEDED', `A request may contain at most ${MAX_NODES} nodes`);
    }
    let failed = 0;
    const answers = graphs.map(({ graphId, parts }) => {
      if (failed >= MAX_FAILED) return { graphId, ...halted(parts) };
      const { results, ok } = runParts(routes, request, parts, true);
      if (!ok) failed++;
      return { graphId, graphResponse: { compositeResponse: results }, isSuccessful: ok };
    });
    return { status: 200, body: { graphs: answers } };
  };
  return [route('POST', 'composite/graph', graph)];
}

function halted(parts: Part[]) {
  const message = `Graph processing halted because more than ${MAX_FAILED} graphs failed`;
  const compositeResponse = parts.map((part) => ({
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId: part.referenceId,
  }));
  return { graphResponse: { compositeResponse }, isSuccessful: false };
}
