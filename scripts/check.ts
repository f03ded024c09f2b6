/**
 * `npm run check`: types, lint, import rules, unused code, messages, paths in the docs, the lockfile, and
 * who reads the environment. Runs all of them and names every one that failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from './launch/build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args: string[]) => ({
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', ...args],
});
const bin = (path: string, ...args: string[]) => node(join('node_modules', path), ...args);

const checks: { name: string; command: string; args: string[] }[] = [
  { name: 'types', ...bin('typescript/bin/tsc', '--noEmit', '-p', '.') },
  { name: 'lint and format', ...bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.') },
  {
    name: 'import rules',
    ...bin(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.js',
      ...['app', 'components', 'lib', 'worker', 'simulators', 'e2e', 'scripts', 'proxy.ts'],
    ),
  },
  { name: 'unused code', ...bin('knip/bin/knip.js', '--no-progress') },
  { name: 'messages', ...node('scripts/checks/messages.ts') },
  { name: 'paths in the docs', ...node('scripts/checks/doc-paths.ts') },
  { name: 'lockfile', ...node('scripts/checks/lockfile.ts') },
  { name: 'environment', ...node('scripts/checks/environment.ts') },
];

function run({
  name,
  command,
  args,
}: (typeof checks)[number]): Promise<{ name: string; code: number | null }> {
  return new Promise((resolve) => {
    const output: string[] = [];
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => output.push(String(chunk)));
    child.stderr.on('data', (chunk) => output.push(String(chunk)));
    child.once('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
      if (code !== 0) console.log(output.join('').trim());
      resolve({ name, code });
    });
  });
}

await generateClient(root);
const results = [];
// Two at a time: types and lint are the long ones, and small machines have two cores.
for (let next = 0; next < checks.length; next += 2) {
  results.push(...(await Promise.all(checks.slice(next, next + 2).map(run))));
}
const failed = results.filter((result) => result.code !== 0);
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
