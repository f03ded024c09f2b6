import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#lib/auth/actor.ts';
import { saveHubSpotConnection } from '#lib/connections/server/index.ts';
import { closeDb, db } from '#lib/core/db.ts';
import { prepareDataFolder } from '../launch/data-folder.ts';
import { freePort, startPostgres } from '../launch/postgres.ts';

export type Seed = { contacts: number; segments?: number };

/** A HubSpot simulator and an empty database, for measuring what the server does with them. */
export type BenchAccount = {
  /** Fills the account anew and connects a new workspace to it. */
  open(seed: Seed): Promise<Actor>;
  stop(): Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function startAccount(): Promise<BenchAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'segbridge-bench-'));
  prepareDataFolder(folder);
  const postgres = await startPostgres(folder, randomBytes(16).toString('hex'));
  await migrate(postgres.url);
  const simulators = await startSimulators(folder);
  const control = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${simulators.url}/__control/${path}`, sent);
    if (!answer.ok) throw new Error(`/__control/${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const config = await control('config', {});
  const app = config.apps[0];
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    CRM_MODE: 'simulated',
    HUBSPOT_CLIENT_ID: app.clientId,
    HUBSPOT_CLIENT_SECRET: app.clientSecret,
    HUBSPOT_API_URL: simulators.url,
    HUBSPOT_APP_URL: simulators.url,
    SALESFORCE_CLIENT_ID: 'none',
    SALESFORCE_CLIENT_SECRET: 'none',
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    ENCRYPTION_KEYS: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'warn',
  });
  return {
    open: async (seed) => {
      await control('reset', { seed: 'demo', ...seed });
      return connect(await control('tokens', {}));
    },
    stop: async () => {
      await closeDb();
      await simulators.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

async function startSimulators(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
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
  return { url: `http://localhost:${ports[0]}`, stop };
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
