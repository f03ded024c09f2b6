import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './postgres.ts';

/** `env` tells the browser tests where everything is. */
export type TrialApp = { env: Record<string, string>; stop: () => Promise<void> };

/**
 * The whole app as `npm start` runs it, on free ports and an empty data folder; with `server` on a database of
 * its own in that Postgres.
 */
export async function startTrialApp(root: string, dataDir: string, server: string): Promise<TrialApp> {
  const [port, hubspot, salesforce, sandbox] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const database = server ? await temporaryDatabase(server) : null;
  const env = {
    PORT: String(port),
    APP_URL: '',
    DATA_DIR: dataDir,
    HUBSPOT_SIM_PORT: String(hubspot),
    SALESFORCE_SIM_PORT: String(salesforce),
    SALESFORCE_SANDBOX_SIM_PORT: String(sandbox),
    CRM_MODE: 'simulated',
    ENV_FILE: 'none',
    DATABASE_URL: database?.url ?? '',
    LOG_LEVEL: 'warn',
    WORKER_DEAD_SECONDS: '3',
  };
  const child: ChildProcess = fork(join(root, 'scripts/start.ts'), [], {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await waitForHealth(`http://localhost:${port}/api/health`, child);
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.kill('SIGTERM');
    }).then(() => database?.drop());
  return {
    env: {
      E2E_APP_URL: `http://localhost:${port}`,
      E2E_HUBSPOT_URL: `http://localhost:${hubspot}`,
      E2E_SALESFORCE_URL: `http://localhost:${salesforce}`,
      E2E_SANDBOX_URL: `http://localhost:${sandbox}`,
      E2E_DATA_DIR: dataDir,
    },
    stop,
  };
}

async function temporaryDatabase(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `segbridge_e2e_${randomBytes(6).toString('hex')}`;
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function waitForHealth(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('The app ended while starting; its last lines are above.');
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
