/**
 * Database migrations without Prisma's downloaded schema engine: the WebAssembly build of the same
 * engine makes and applies them, and keeps Prisma's own `_prisma_migrations` table.
 *
 *   npm run db:migrate                     apply what is missing
 *   npm run db:migrate -- --create NAME    write a migration for what changed in schema.prisma
 *   npm run db:reset                       drop everything and apply all (local hosts only)
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemaFile = join(root, 'prisma/schema.prisma');
const migrationsDir = join(root, 'prisma/migrations');
const lastSchemaFile = join(migrationsDir, 'last-schema.prisma');
const filters = { externalTables: [], externalEnums: [] };

type Engine = Awaited<ReturnType<typeof SchemaEngine.new>>;

async function openEngine(databaseUrl: string): Promise<Engine> {
  const content = await readFile(schemaFile, 'utf8');
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  return SchemaEngine.new({ datamodels: [[schemaFile, content]] }, () => undefined, adapter);
}

async function migrationList() {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(join(migrationsDir, path, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/** Applies every missing migration, ours and the queue's. Answers the names of ours that were applied. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const engine = await openEngine(databaseUrl);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: await migrationList(),
    filters,
  });
  await runMigrations({ connectionString: databaseUrl });
  return appliedMigrationNames;
}

/**
 * Writes `prisma/migrations/{stamp}_{name}/migration.sql` for what changed in schema.prisma since the last
 * migration, which left its copy of the schema beside it (the engine's WebAssembly build cannot read the
 * catalogue of a running database).
 */
async function createMigration(databaseUrl: string, name: string): Promise<string> {
  const engine = await openEngine(databaseUrl);
  const content = await readFile(schemaFile, 'utf8');
  const before = await readFile(lastSchemaFile, 'utf8').catch(() => null);
  const { stdout } = await engine.diff({
    from: before
      ? { tag: 'schemaDatamodel', files: [{ path: lastSchemaFile, content: before }] }
      : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
    script: true,
    exitCode: null,
    filters,
  });
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsDir, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), stdout ?? '');
  await writeFile(lastSchemaFile, content);
  return folder;
}

async function dropEverything(databaseUrl: string): Promise<void> {
  const host = new URL(databaseUrl).hostname;
  if (!['localhost', '127.0.0.1', '[::1]', '::1', ''].includes(host)) {
    throw new Error(`db:reset only works on this machine's own database, not on ${host}.`);
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS public CASCADE');
  await client.query('DROP SCHEMA IF EXISTS graphile_worker CASCADE');
  await client.query('CREATE SCHEMA public');
  await client.end();
}

async function databaseUrlOf(): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const dataDir = process.env.DATA_DIR ?? '.data';
  const runFile = await readFile(join(root, dataDir, 'run.json'), 'utf8').catch(() => null);
  const url = runFile ? (JSON.parse(runFile) as { databaseUrl?: string }).databaseUrl : undefined;
  if (!url) throw new Error('Set DATABASE_URL, or start Segbridge first so that its own database runs.');
  return url;
}

async function main(): Promise<void> {
  const databaseUrl = await databaseUrlOf();
  const create = process.argv.indexOf('--create');
  if (create > 0) {
    console.log(await createMigration(databaseUrl, process.argv[create + 1] ?? 'change'));
    return;
  }
  if (process.argv.includes('--reset')) await dropEverything(databaseUrl);
  const applied = await applyMigrations(databaseUrl);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
