import { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type RunningSalesforce, type SalesforceOptions, startSalesforce } from './server.ts';

export const REDIRECT = 'http://localhost:3999/api/connections/salesforce/callback';

/** An org in this process on a free port, with the steering that its tests need. */
export interface TestOrg {
  org: RunningSalesforce;
  url: string;
  /** A jsforce connection of a user (the first administrator unless named). */
  connect(user?: string, version?: string): Promise<Connection>;
  /** A plain request to `/services/data/v66.0/…` with a token of the first administrator. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  token(user?: string): Promise<{ accessToken: string; refreshToken: string; userId: string }>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared with literal expectations
  json: any;
}

export async function startTestOrg(options: Partial<SalesforceOptions> = {}): Promise<TestOrg> {
  const org = await startSalesforce({ port: 0, seed: 'empty', redirectUris: [REDIRECT], ...options });
  const url = org.url();
  let adminToken: string | undefined;
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/__control/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    if (path === 'reset' || path === 'clock') adminToken = undefined;
    return (await response.json()) as Record<string, unknown>;
  };
  const token = async (user?: string) => {
    const pair = await control('POST', 'tokens', user === undefined ? {} : { user });
    return pair as { accessToken: string; refreshToken: string; userId: string };
  };
  return {
    org,
    url,
    control,
    token,
    async connect(user, version = '66.0') {
      const { accessToken } = await token(user);
      return new Connection({ instanceUrl: url, loginUrl: url, accessToken, version });
    },
    async call(method, path, body, headers = {}) {
      adminToken ??= (await token()).accessToken;
      const address = path.startsWith('/') ? `${url}${path}` : `${url}/services/data/v66.0/${path}`;
      return request(address, method, body, { authorization: `Bearer ${adminToken}`, ...headers });
    },
  };
}

export let t: TestOrg;
/** The first administrator's. */
export let conn: Connection;

/** One org for all tests of a file, empty before each. */
export function emptyOrgPerTest(): void {
  beforeAll(async () => {
    t = await startTestOrg();
  });
  afterAll(() => t.org.stop());
  beforeEach(async () => {
    await t.control('POST', 'reset', { seed: 'empty' });
    conn = await t.connect();
  });
}

/** Moves the org's clock on; whoever is logged in logs in again. */
export async function advance(advanceMs: number): Promise<void> {
  await t.control('POST', 'clock', { advanceMs });
  conn = await t.connect();
}

/** Creates a record and answers its id. */
export async function create(object: string, values: object): Promise<string> {
  const answer = await t.call('POST', `sobjects/${object}`, values);
  expect(answer.text).toContain('"success":true');
  return answer.json.id;
}

/** One request; objects are sent as JSON, texts as they are. */
export async function request(
  address: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isJson = body !== undefined && typeof body !== 'string';
  const response = await fetch(address, {
    method,
    redirect: 'manual',
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
    body: isJson ? JSON.stringify(body) : (body as string | undefined),
  });
  const text = await response.text();
  const parsed = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, text, json: parsed ? JSON.parse(text) : null };
}
