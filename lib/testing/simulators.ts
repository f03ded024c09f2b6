import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../../scripts/launch/postgres.ts';

/** As the simulators' `POST /__control/faults` takes it. */
type Fault = {
  method?: string;
  /** A prefix of the path, or a pattern for the whole path in which `*` stands for any text. */
  path: string;
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  delayMs?: number;
  /** Wait before anything else until the list of faults is replaced. */
  held?: boolean;
  dropAfterCommit?: boolean;
  dropBeforeCommit?: boolean;
  times?: number;
};

type RequestReport = {
  total: number;
  /** By `METHOD /path` with ids collapsed to `{id}`. */
  counts: Record<string, number>;
  writes: { created: number; changed: number; deleted: number };
  requests: { at: string; method: string; path: string; query: string; status: number; durationMs: number }[];
};

type Seed = { seed?: 'demo' | 'empty'; contacts?: number; segments?: number; records?: number };
/** The settings, and what the simulator shows beside them: apps, accounts, users. */
type SimulatorConfig = Record<string, unknown>;

/** One simulator, steered over HTTP alone. */
export type Simulator = {
  url: string;
  reset(seed?: Seed): Promise<void>;
  /** A pair of tokens without the browser; without arguments those of the first account's admin, for this app. */
  tokens(who?: {
    account?: string;
    user?: string;
    app?: string;
  }): Promise<{ accessToken: string; refreshToken: string }>;
  faults(list: Fault[]): Promise<void>;
  clock(advanceMs: number): Promise<void>;
  requests(): Promise<RequestReport>;
  config(changes?: Record<string, unknown>): Promise<SimulatorConfig>;
  schema(change: unknown): Promise<unknown>;
};

export type Simulators = {
  hubspot: Simulator;
  salesforce: Simulator;
  sandbox: Simulator;
  /** Moves the clocks of all of them. */
  clock(advanceMs: number): Promise<void>;
  reset(seed?: Seed): Promise<void>;
  stop(): Promise<void>;
};

const entry = fileURLToPath(new URL('../../simulators/main.ts', import.meta.url));

/**
 * Starts both simulators on free ports with state of their own, and points the environment of this
 * process at them. Call it before anything reads `env()`; `stop()` ends them and drops their state.
 */
async function startSimulators(): Promise<Simulators> {
  const folder = mkdtempSync(join(tmpdir(), 'segbridge-simulators-'));
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const child = fork(entry, [], {
    env: {
      ...process.env,
      DATA_DIR: folder,
      HUBSPOT_SIM_PORT: String(ports[0]),
      SALESFORCE_SIM_PORT: String(ports[1]),
      SALESFORCE_SANDBOX_SIM_PORT: String(ports[2]),
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const errors: string[] = [];
    child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The simulators ended (${code}): ${errors.join('')}`)));
    child.once('message', () => resolve());
  });
  const [hubspot, salesforce, sandbox] = ports.map((port) => simulatorAt(`http://localhost:${port}`));
  if (!hubspot || !salesforce || !sandbox) throw new Error('Three simulators were to be started.');
  await pointEnvironment(hubspot, salesforce, sandbox);
  const all = [hubspot, salesforce, sandbox];
  return {
    hubspot,
    salesforce,
    sandbox,
    clock: async (advanceMs) => void (await Promise.all(all.map((each) => each.clock(advanceMs)))),
    reset: async (seed) => void (await Promise.all(all.map((each) => each.reset(seed)))),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the simulators for this test file and stops them after it. Read them inside tests only. */
export function testSimulators(): { readonly current: Simulators } {
  let running: Simulators | undefined;
  beforeAll(async () => {
    running = await startSimulators();
  });
  afterAll(async () => {
    await running?.stop();
  });
  return {
    get current() {
      if (!running) throw new Error('The simulators do not run yet.');
      return running;
    },
  };
}

async function pointEnvironment(
  hubspot: Simulator,
  salesforce: Simulator,
  sandbox: Simulator,
): Promise<void> {
  const hubspotApp = firstApp(await hubspot.config());
  const salesforceApp = firstApp(await salesforce.config());
  Object.assign(process.env, {
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_APP_URL: hubspot.url,
    HUBSPOT_CLIENT_ID: hubspotApp.id,
    HUBSPOT_CLIENT_SECRET: hubspotApp.secret,
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_SANDBOX_LOGIN_URL: sandbox.url,
    SALESFORCE_CLIENT_ID: salesforceApp.id,
    SALESFORCE_CLIENT_SECRET: salesforceApp.secret,
  });
}

/** The app that is ours; each simulator has its vendor's names for id and secret. */
function firstApp(config: SimulatorConfig): { id: string; secret: string } {
  const [app] = config.apps as Record<string, string>[];
  const id = app?.clientId ?? app?.id;
  const secret = app?.clientSecret ?? app?.secret;
  if (!id || !secret) throw new Error('The simulator shows no app.');
  return { id, secret };
}

function simulatorAt(url: string): Simulator {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/__control/${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /__control/${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    url,
    reset: async (seed = { seed: 'demo' }) => void (await call('POST', 'reset', seed)),
    tokens: async (who) =>
      (await call('POST', 'tokens', who)) as { accessToken: string; refreshToken: string },
    faults: async (list) => void (await call('POST', 'faults', list)),
    clock: async (advanceMs) => void (await call('POST', 'clock', { advanceMs })),
    requests: async () => (await call('GET', 'requests')) as RequestReport,
    config: async (changes) =>
      (changes ? await call('POST', 'config', changes) : await call('GET', 'config')) as SimulatorConfig,
    schema: (change) => call('POST', 'schema', change),
  };
}
