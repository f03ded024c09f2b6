import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareDataFolder } from '../../scripts/launch/data-folder.ts';
import { startPostgres } from '../../scripts/launch/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the server on which databases may be made and dropped. */
    databaseServerUrl: string;
    /** The migrated database from which each test file's own is cloned. */
    templateDatabase: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The clock of test databases: the real one plus an offset that tests move. */
const movableClock = `
  CREATE TABLE test_clock (offset_ms bigint NOT NULL);
  INSERT INTO test_clock VALUES (0);
  CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT now() + (SELECT offset_ms FROM test_clock) * interval ''1 millisecond''';
`;

/**
 * Runs once before all database tests: finds or starts a server and makes the migrated template.
 * `TEST_DATABASE_URL` names a server of one's own, on which databases may be made and dropped.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer();
  const template = `segbridge_template_${randomBytes(6).toString('hex')}`;
  await query(server.url, `CREATE DATABASE ${template}`);
  const templateUrl = withDatabase(server.url, template);
  await promisify(execFile)(
    process.execPath,
    ['--experimental-wasm-modules', join(root, 'scripts/migrate.ts')],
    { cwd: root, env: { ...process.env, DATABASE_URL: templateUrl } },
  );
  await query(templateUrl, movableClock);
  project.provide('databaseServerUrl', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    await query(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function findServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'segbridge-test-'));
  prepareDataFolder(folder);
  const postgres = await startPostgres(folder, randomBytes(16).toString('hex'));
  // Nothing here must survive a crash, and without the disk the tests are faster.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await query(postgres.url, `ALTER SYSTEM SET ${setting} = off`);
  }
  await query(postgres.url, 'SELECT pg_reload_conf()');
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
