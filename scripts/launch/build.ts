import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

const stampFile = '.next/segbridge-stamp';
const generatedStamp = 'prisma/generated/segbridge-stamp';
const sources = ['app', 'components', 'lib', 'messages', 'prisma/schema.prisma'];
const rootFiles = ['package-lock.json', 'next.config.js', 'postcss.config.js', 'proxy.ts', 'tsconfig.json'];

/** Makes the database client from the schema, if the schema changed since. */
export async function generateClient(root: string): Promise<void> {
  const stamp = hashOf(root, ['prisma/schema.prisma', 'package-lock.json']);
  if (readIfThere(join(root, generatedStamp)) === stamp) return;
  // Generating needs no schema engine; naming any program keeps Prisma from downloading one.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  await run(root, join(root, 'node_modules/prisma/build/index.js'), ['generate'], env);
  writeFileSync(join(root, generatedStamp), stamp);
}

/** Builds the pages, if anything that they are made of changed since the last build. */
export async function buildPages(root: string, log: (line: string) => void): Promise<void> {
  const stamp = hashOf(root, [...sources, ...rootFiles]);
  if (readIfThere(join(root, stampFile)) === stamp && existsSync(join(root, '.next/BUILD_ID'))) return;
  log('Building the pages (only after a change) …');
  await run(root, join(root, 'node_modules/next/dist/bin/next'), ['build'], {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  writeFileSync(join(root, stampFile), stamp);
}

function run(root: string, script: string, args: string[], extraEnv: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: string[] = [];
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...process.env, ...extraEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => output.push(String(chunk)));
    child.stderr.on('data', (chunk) => output.push(String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartError(`${args.join(' ')} failed:\n${output.join('').trim()}`));
    });
  });
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function hashOf(root: string, paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else if (!path.includes('.test.')) {
      hash.update(path).update(readFileSync(full));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
