import type { Access } from '../metadata/access.ts';
import type { SObject } from '../metadata/types.ts';
import type { Org } from '../records/org.ts';

/** A request to `/services/data/vNN.0/…`, real or part of a composite, of an authenticated user. */
export interface ApiRequest {
  org: Org;
  user: SObject;
  access: Access;
  version: number;
  /** `/services/data/v66.0` */
  base: string;
  origin: string;
  method: string;
  /** Decoded parts of the path below the version. */
  path: string[];
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: string;
}

/** `body` becomes JSON; `text` is sent as it is; neither means an empty answer. */
export interface ApiResponse {
  status: number;
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

export type Params = Record<string, string>;
export type Handler = (request: ApiRequest, params: Params) => ApiResponse;

export interface Route {
  method: string;
  /** Parts of the path; `:name` takes any one part. */
  pattern: string[];
  handler: Handler;
}

export const route = (method: string, pattern: string, handler: Handler): Route => ({
  method,
  pattern: pattern.split('/').filter((part) => part !== ''),
  handler,
});

/** Oldest and newest API version offered. */
export const FIRST_VERSION = 45;
export const LAST_VERSION = 67;
