import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Seed } from '#simulators/core/control.ts';
import type { RunningSimulator } from '#simulators/core/server.ts';
import { defaultConfig, type HubSpotConfig } from './config.ts';
import { type HubSpotOptions, startHubSpot } from './server.ts';

export const redirectUri = 'http://localhost:3000/api/auth/callback/hubspot';

interface Reply<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** The product's own app, as it names itself at the token address. */
export const app = { client_id: 'segbridge-hubspot', client_secret: 'simulated-hubspot-app-secret' };

/** A running simulator with a token, for tests. */
export interface Bench {
  sim: RunningSimulator<HubSpotConfig>;
  url: string;
  accessToken: string;
  refreshToken: string;
  /** A call with the token; the body is sent and read as JSON. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Reply<T>>;
  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** A form post to an OAuth address. */
  form(path: string, fields: Record<string, string>): Promise<Reply>;
  stop(): Promise<void>;
}

/** Starts a simulator on a free port, without delays unless asked for. */
export async function startBench(
  seed: Seed['seed'],
  config: Partial<HubSpotConfig> = {},
  options: Partial<HubSpotOptions> = {},
): Promise<Bench> {
  const quick = {
    ...defaultConfig,
    searchDelayMs: 0,
    listDelayMs: 0,
    listProcessingMs: 0,
    webhookDelayMs: 0,
  };
  const sim = await startHubSpot({
    ...{ port: 0, hostname: '127.0.0.1', redirectUris: [redirectUri], seed, config: { ...quick, ...config } },
    ...options,
  });
  const url = sim.url();
  const send = async (method: string, address: string, body: unknown, headers: Record<string, string>) => {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return reply(
      await fetch(address, { method, headers: { ...type, ...headers }, body: payload, redirect: 'manual' }),
    );
  };
  const control = async <T>(method: string, path: string, body?: unknown) =>
    (await send(method, `${url}/__control${path}`, body, {})).body as T;
  const tokens = await control<{ accessToken: string; refreshToken: string }>('POST', '/tokens', {});
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  return {
    ...{ sim, url, control, ...tokens },
    call: async <T>(method: string, path: string, body?: unknown) =>
      (await send(method, `${url}${path}`, body, headers)) as Reply<T>,
    form: async (path, fields) =>
      reply(
        await fetch(`${url}${path}`, {
          method: 'POST',
          body: new URLSearchParams(fields),
          redirect: 'manual',
        }),
      ),
    stop: () => sim.stop(),
  };
}

export interface ListAnswer {
  list: { listId: string; processingStatus: string; size: number; listVersion: number };
}

/** Whose e-mail address contains a text, as a list's filter. */
export const containing = (value: string) => ({
  filterBranchType: 'OR',
  filterBranches: [
    {
      filterBranchType: 'AND',
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'email',
          operation: { operationType: 'STRING', operator: 'CONTAINS', value },
        },
      ],
    },
  ],
});

/** A simulator of its own for every test of a file. */
export function benchPerTest() {
  const folders: string[] = [];
  let current: Bench | undefined;
  const scene = {
    get bench(): Bench {
      if (!current) throw new Error('No simulator is open.');
      return current;
    },
    async open(config: Partial<HubSpotConfig> = {}, seed: Seed['seed'] = 'empty', folder?: string) {
      current = await startBench(seed, config, folder ? { folder } : {});
    },
    /** A folder for the state, removed after the test. */
    newFolder() {
      const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
      folders.push(folder);
      return folder;
    },
    advance: (advanceMs: number) => scene.bench.control('POST', '/clock', { advanceMs }),
    async create(properties: Record<string, string>): Promise<string> {
      const answer = await scene.bench.call('POST', '/crm/v3/objects/contacts', { properties });
      expect(answer.status).toBe(201);
      return String(answer.body.id);
    },
    async createList(name: string, filterBranch: object): Promise<ListAnswer['list']> {
      const body = { name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
      return (await scene.bench.call<ListAnswer>('POST', '/crm/v3/lists', body)).body.list;
    },
    getList: async (id: string) =>
      (await scene.bench.call<ListAnswer>('GET', `/crm/v3/lists/${id}`)).body.list,
  };
  afterEach(async () => {
    await current?.stop();
    current = undefined;
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  return scene;
}

/** A code for the first administrator, as the consent page gives it. */
export async function authorize(
  bench: Bench,
  scope = 'oauth',
  extra: Record<string, string> = {},
): Promise<string> {
  const answer = await bench.form('/oauth/authorize', {
    ...{ client_id: app.client_id, redirect_uri: redirectUri, scope, ...extra },
    ...{ who: '147893286:60342733', decision: 'connect' },
  });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

/** An access token that has these scopes alone. */
export async function tokenWith(bench: Bench, scope: string): Promise<string> {
  const code = await authorize(bench, scope);
  const fields = { grant_type: 'authorization_code', redirect_uri: redirectUri, ...app, code };
  return String((await bench.form('/oauth/2026-03/token', fields)).body.access_token);
}

/** A call with another token than the bench's own. */
export async function callWith(bench: Bench, token: string, method: string, path: string, body?: unknown) {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${bench.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...type },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: response.status, headers: response.headers, body };
}
