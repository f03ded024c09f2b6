import type { Session } from '../oauth/tokens.ts';
import type { Portal } from '../portal.ts';
import { invalid, missingField } from './errors.ts';

/** One authorised request, as a route sees it. */
export interface Call {
  portal: Portal;
  session: Session;
  method: string;
  /** In the v-form. */
  path: string;
  /** The version of a date form, such as `2026-03`. */
  version?: string;
  params: Record<string, string>;
  query: URLSearchParams;
  request: Request;
  /** Ends every token of the calling app in the account. */
  uninstall(): void;
  portalById(portalId: number): Portal | undefined;
  /** The body parsed as JSON; a 400 when it is none. */
  json<T = Record<string, unknown>>(): Promise<T>;
}

export interface Answer {
  status: number;
  body?: unknown;
}

type Handler = (call: Call) => Answer | Promise<Answer>;

/** Any one of the scopes is enough; a function may look at the request. No scope: any valid token. */
type Scopes = readonly string[] | ((call: Call) => readonly string[]);

export interface Route {
  method: string;
  path: string;
  scopes: Scopes;
  handler: Handler;
  /** Belongs to the app, not to an account: also open to `client_credentials` tokens and developer keys. */
  developer?: boolean;
}

interface Compiled extends Route {
  segments: string[];
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Looks routes up by method and path; a literal segment wins over a `{parameter}`. */
export function createRouter(routes: readonly Route[]) {
  const compiled = routes.map((route): Compiled => ({ ...route, segments: route.path.split('/').slice(1) }));
  const score = ({ segments }: Compiled) =>
    segments.map((segment) => (segment.startsWith('{') ? '1' : '0')).join('');
  compiled.sort((a, b) => (score(a) < score(b) ? -1 : 1));

  return {
    find(method: string, path: string): Match | 'path' | undefined {
      const parts = path.split('/').slice(1);
      let known = false;
      for (const route of compiled) {
        const params = matchSegments(route.segments, parts);
        if (!params) continue;
        if (route.method === method) return { route, params };
        known = true;
      }
      return known ? 'path' : undefined;
    },
  };
}

function matchSegments(segments: string[], parts: string[]): Record<string, string> | undefined {
  if (segments.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, segment] of segments.entries()) {
    const part = parts[position] ?? '';
    if (segment.startsWith('{')) {
      if (part === '') return undefined;
      params[segment.slice(1, -1)] = decodeURIComponent(part);
    } else if (segment !== part) return undefined;
  }
  return params;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** Array parameters come repeated, as comma lists, or mixed. */
export function listParam(query: URLSearchParams, name: string): string[] {
  const parts = query.getAll(name).flatMap((value) => value.split(','));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function boolParam(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true';
}

/** A whole number from the query; a 400 when it is none or lies outside the bounds. */
export function intParam(
  query: URLSearchParams,
  name: string,
  bounds: { fallback: number; min?: number; max: number },
): number {
  const text = query.get(name);
  if (text === null || text === '') return bounds.fallback;
  const value = Number(text);
  if (!/^-?\d+$/.test(text)) throw invalid(`${name} must be an integer`);
  const min = bounds.min ?? 1;
  if (value < min) throw invalid(`${name} must be greater than or equal to ${min}`);
  if (value > bounds.max) throw invalid(`${name} must be less than or equal to ${bounds.max}`);
  return value;
}

/** The array `inputs` of a batch. A 400 above `max`. */
export function inputsOf<T>(body: { inputs?: unknown }, max = 100): T[] {
  if (!Array.isArray(body.inputs)) throw missingField('inputs');
  if (body.inputs.length > max) {
    throw invalid(
      `The maximum number of inputs supported in a batch is ${max}. Please reduce the number of items and try again`,
    );
  }
  return body.inputs as T[];
}
