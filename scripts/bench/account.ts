import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#lib/auth/actor.ts';
import {
  beginSalesforceConsent,
  completeSalesforceConsent,
  saveHubSpotConnection,
} from '#lib/connections/server/index.ts';
import { closeDb, db } from '#lib/core/db.ts';
import { answerConsent } from '#lib/testing/connections.ts';
import { prepareDataFolder } from '../launch/data-folder.ts';
import { freePort, startPostgres } from '../launch/postgres.ts';

export type Seed = { contacts: number; segments?: number };

/** Steers a simulator: `POST /__control/<path>`. */
type Control = <T>(path: string, body: unknown) => Promise<T>;
type Calls = { hubspot: number; salesforce: number };

/** Both simulators and an empty database, for measuring what the server does with them. */
export type BenchAccount = {
  /** Fills the account anew and connects a new workspace to it. */
  open(seed: Seed): Promise<Actor>;
  /** Fills the org anew and connects a workspace to it. */
  openOrg(actor: Actor, records: number): Promise<void>;
  hubspot: Control;
  salesforce: Control;
  /** How many calls each simulator has answered since it was filled, log-ins left out. */
  calls(): Promise<Calls>;
  stop(): Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function startAccount(): Promise<BenchAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'segbridge-bench-'));
  prepareDataFolder(folder);
  const postgres = await startPostgres(folder, randomBytes(16).toString('hex'));
  await migrate(postgres.url);
  const simulators = await startSimulators(folder);
  const hubspot = controlOf(simulators.hubspotUrl);
  const salesforce = controlOf(simulators.salesforceUrl);
  const { apps: hubspotApps } = await hubspot<{ apps: App[] }>('config', {});
  const { apps: salesforceApps } = await salesforce<{ apps: App[] }>('config', {});
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    CRM_MODE: 'simulated',
    HUBSPOT_CLIENT_ID: hubspotApps[0]?.clientId,
    HUBSPOT_CLIENT_SECRET: hubspotApps[0]?.clientSecret,
    HUBSPOT_API_URL: simulators.hubspotUrl,
    HUBSPOT_APP_URL: simulators.hubspotUrl,
    SALESFORCE_CLIENT_ID: salesforceApps[0]?.clientId,
    SALESFORCE_CLIENT_SECRET: salesforceApps[0]?.clientSecret,
    SALESFORCE_LOGIN_URL: simulators.salesforceUrl,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    ENCRYPTION_KEYS: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'error',
  });
  return {
    ...{ hubspot, salesforce },
    open: async (seed) => {
      await hubspot('reset', { seed: 'demo', ...seed });
      return connect(await hubspot<Tokens>('tokens', {}));
    },
    openOrg: async (actor, records) => {
      await salesforce('reset', { seed: 'demo', records });
      await connectOrg(actor);
    },
    calls: async () => ({
      hubspot: await callsOf(simulators.hubspotUrl),
      salesforce: await callsOf(simulators.salesforceUrl),
    }),
    stop: async () => {
      await closeDb();
      await simulators.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type App = { clientId: string; clientSecret: string };

function controlOf(url: string): Control {
  return async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/__control/${path}`, sent);
    if (!answer.ok) throw new Error(`/__control/${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function callsOf(url: string): Promise<number> {
  const answer = await fetch(`${url}/__control/requests`);
  const { counts }: { counts: Record<string, number> } = await answer.json();
  const ofLogin = ([path]: [string, number]) => path.includes('oauth') || path.includes(' /id/');
  return Object.entries(counts).reduce((sum, each) => (ofLogin(each) ? sum : sum + each[1]), 0);
}

async function connectOrg(actor: Actor): Promise<void> {
  const begun = await beginSalesforceConsent(actor, { sandbox: false, otherOrg: false });
  if (!begun.ok) throw new Error(`Salesforce was not asked: ${begun.failure.code}`);
  const consent = await answerConsent(begun.value.url);
  const completed = await completeSalesforceConsent(actor, consent);
  if (!completed.ok) throw new Error(`Salesforce was not connected: ${completed.failure.code}`);
}

function migrate(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const execArgv = ['--disable-warning=ExperimentalWarning', '--experimental-wasm-modules'];
    const env = { ...process.env, DATABASE_URL: url };
    const child = fork(join(root, 'scripts/migrate.ts'), [], { cwd: root, env, execArgv, silent: true });
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`Migrating ended with ${code}.`)),
    );
  });
}

type Simulators = { hubspotUrl: string; salesforceUrl: string; stop: () => Promise<void> };

async function startSimulators(folder: string): Promise<Simulators> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const child = fork(join(root, 'simulators/main.ts'), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    silent: true,
    env: {
      ...process.env,
      DATA_DIR: folder,
      HUBSPOT_SIM_PORT: String(ports[0]),
      SALESFORCE_SIM_PORT: String(ports[1]),
      SALESFORCE_SANDBOX_SIM_PORT: String(ports[2]),
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The simulators ended with ${code}.`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const [hubspotUrl = '', salesforceUrl = ''] = ports.map((port) => `http://localhost:${port}`);
  return { hubspotUrl, salesforceUrl, stop };
}

type Tokens = {
  accessToken: string;
  refreshToken: string;
  scopes: string[];
  expiresIn: number;
  portalId: number;
  userId: number;
};

async function connect(tokens: Tokens): Promise<Actor> {
  const name = 'Bench';
  const email = 'bench@northwind.example';
  const { id: workspaceId } = await db().workspace.create({
    data: { hubId: randomBytes(6).toString('hex'), name, timeZone: 'Europe/Berlin' },
  });
  const { id: userId } = await db().user.create({ data: { workspaceId, name, email, role: 'ADMIN' } });
  await saveHubSpotConnection({
    workspaceId,
    userId,
    userName: name,
    hubId: String(tokens.portalId),
    hubDomain: 'northwind.example',
    hubspotUserId: String(tokens.userId),
    email,
    tokens: {
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken,
      scopes: tokens.scopes,
      expiresAt: new Date(Date.now() + tokens.expiresIn * 1_000),
    },
    reconnect: true,
  });
  return { userId, workspaceId, role: 'admin', name, email, sessionHash: '' };
}
