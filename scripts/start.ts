/**
 * `npm start`: one command that prepares and runs all of it. Postgres, migrations, simulators (unless real
 * credentials are set), worker and web; Ctrl-C ends them in the opposite order.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages, generateClient } from './launch/build.ts';
import { Children } from './launch/children.ts';
import { prepareDataFolder } from './launch/data-folder.ts';
import { checkPortsFree } from './launch/ports.ts';
import { type RunningPostgres, startPostgres } from './launch/postgres.ts';
import {
  endProcess,
  isSameProcess,
  markOf,
  readRunFile,
  removeRunFile,
  writeRunFile,
} from './launch/processes.ts';
import { loadSecrets } from './launch/secrets.ts';
import {
  type LaunchSettings,
  processEnvironment,
  readSettings,
  type SimulatedApps,
} from './launch/settings.ts';
import { StartError } from './launch/start-error.ts';
import { workerNodeArgs } from './launch/worker-memory.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const log = (line: string) => console.log(line);

async function main(): Promise<void> {
  if (process.env.ENV_FILE !== 'none') loadEnvFile();
  const settings = readSettings(root, process.argv, process.env);
  prepareDataFolder(settings.dataDir);
  const runFile = join(settings.dataDir, 'run.json');
  await endLeftovers(runFile);
  await checkPortsFree(portsOf(settings));
  const secrets = loadSecrets(settings.dataDir);

  // Pages do not need the database, nor the database the pages: both at once.
  const [postgres] = await Promise.all([
    process.env.DATABASE_URL ? null : startPostgres(settings.dataDir, secrets.databasePassword),
    generateClient(root).then(() => (settings.dev ? undefined : buildPages(root, log))),
  ]);
  const databaseUrl = postgres?.url ?? process.env.DATABASE_URL ?? '';
  const children = runChildren(settings, runFile, databaseUrl, postgres);
  try {
    migrate(databaseUrl);
    const simulated = settings.mode === 'simulated';
    if (simulated) await children.start(simulators(settings));
    const apps = simulated ? await readApps(settings) : null;
    const env = processEnvironment(settings, secrets, databaseUrl, apps);
    await children.start({ name: 'worker', script: 'worker/main.ts', nodeArgs: workerNodeArgs, env });
    const args = settings.dev ? ['--dev'] : [];
    await children.start({ name: 'web', script: 'scripts/launch/web.ts', args, env });
    log(`\nSegbridge is ready: ${settings.appUrl}\n`);
  } catch (error) {
    await stopAll(children, postgres, runFile);
    throw error;
  }
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile(join(root, '.env'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** After `kill -9` of a launcher its children end by themselves; whoever has not is ended here. */
async function endLeftovers(runFile: string): Promise<void> {
  const before = readRunFile(runFile);
  if (!before) return;
  if (isSameProcess(before.launcher)) {
    throw new StartError(`Segbridge already runs here: ${before.appUrl} (process ${before.launcher.pid}).`);
  }
  await Promise.all(Object.values(before.children).map((mark) => endProcess(mark, 'SIGTERM', 5_000)));
}

function portsOf(settings: LaunchSettings): { port: number; variable: string }[] {
  const web = { port: settings.port, variable: 'PORT' };
  if (settings.mode === 'live') return [web];
  return [
    web,
    { port: settings.ports.hubspot, variable: 'HUBSPOT_SIM_PORT' },
    { port: settings.ports.salesforce, variable: 'SALESFORCE_SIM_PORT' },
    { port: settings.ports.sandbox, variable: 'SALESFORCE_SANDBOX_SIM_PORT' },
  ];
}

function runChildren(
  settings: LaunchSettings,
  runFile: string,
  databaseUrl: string,
  postgres: RunningPostgres | null,
): Children {
  const children: Children = new Children({
    root,
    log,
    onChange: () =>
      writeRunFile(runFile, {
        launcher: markOf(process.pid),
        children: { ...children.marks(), ...(postgres ? { postgres: postgres.mark } : {}) },
        databaseUrl,
        appUrl: settings.appUrl,
      }),
    onGivenUp: (error) => void stopAll(children, postgres, runFile).then(() => complain(error)),
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    log('\nStopping …');
    void stopAll(children, postgres, runFile).then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // Started by another program: ends with it.
  if (process.send) process.once('disconnect', end);
  return children;
}

async function stopAll(children: Children, postgres: RunningPostgres | null, runFile: string): Promise<void> {
  await children.stop();
  await postgres?.stop();
  removeRunFile(runFile);
}

function migrate(databaseUrl: string): void {
  const script = join(root, 'scripts/migrate.ts');
  const args = ['--disable-warning=ExperimentalWarning', '--experimental-wasm-modules', script];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const done = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) throw new StartError(`The database could not be prepared:\n${done.stderr.trim()}`);
}

function simulators(settings: LaunchSettings) {
  return {
    name: 'simulators',
    script: 'simulators/main.ts',
    env: {
      DATA_DIR: settings.dataDir,
      APP_URL: settings.appUrl,
      HUBSPOT_SIM_PORT: String(settings.ports.hubspot),
      SALESFORCE_SIM_PORT: String(settings.ports.salesforce),
      SALESFORCE_SANDBOX_SIM_PORT: String(settings.ports.sandbox),
    },
  };
}

async function readApps(settings: LaunchSettings): Promise<SimulatedApps> {
  const read = async (port: number) => {
    const response = await fetch(`http://localhost:${port}/__control/config`);
    const { apps } = (await response.json()) as { apps: { clientId: string; clientSecret: string }[] };
    const [app] = apps;
    if (!app) throw new Error(`The simulator on port ${port} names no app.`);
    return app;
  };
  return { hubspot: await read(settings.ports.hubspot), salesforce: await read(settings.ports.salesforce) };
}

function complain(error: unknown): never {
  if (error instanceof StartError) console.error(`\n${error.message}`);
  else console.error(error);
  process.exit(1);
}

await main().catch(complain);
