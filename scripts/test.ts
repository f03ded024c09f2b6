/**
 * `npm test`: the checks, then unit, database and browser tests; one line at the end with the sum of all.
 * `-- --only unit|db|e2e|check` runs one kind.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from './launch/build.ts';
import { startTrialApp, type TrialApp } from './launch/trial-app.ts';

type Sum = { passed: number; failed: number; skipped: number };
type VitestReport = {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  testResults?: {
    name: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
};

const root = fileURLToPath(new URL('..', import.meta.url));
/** A Postgres of the operator's own, on which the tests make databases of their own; else embedded ones. */
const ownServer = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL || '';
const work = mkdtempSync(join(tmpdir(), 'segbridge-test-'));
// As root the database runs as another user, who must be able to enter.
chmodSync(work, 0o711);
const wanted = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const total: Sum = { passed: 0, failed: 0, skipped: 0 };
/** Said once more at the end, where nobody has to look for them. */
const failures: string[] = [];

function run(args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_DATABASE_URL: ownServer, ...env },
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function add(sum: Sum, code: number): void {
  total.passed += sum.passed;
  total.skipped += sum.skipped;
  // A runner that died, or ran nothing, has failed, whatever it counted.
  const silent = code !== 0 && sum.failed === 0 ? 1 : 0;
  const empty = code === 0 && sum.passed === 0 ? 1 : 0;
  total.failed += sum.failed + silent + empty;
}

async function checks(): Promise<void> {
  const code = await run(['scripts/check.ts']);
  if (code !== 0) failures.push('npm run check');
  add({ passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 }, code);
}

/** Database tests mostly wait for the CRMs' speed limits, so more of them run at once than there are cores. */
const workers = { unit: 2, db: 3 };

async function vitest(project: 'unit' | 'db'): Promise<void> {
  const report = join(work, `${project}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    `--maxWorkers=${workers[project]}`,
    '--reporter=default',
    '--reporter=json',
  ];
  const code = await run([...args, `--outputFile.json=${report}`]);
  add(readVitest(report), code);
}

function readVitest(file: string): Sum {
  const report = readJson(file) as VitestReport | null;
  for (const { name, message, assertionResults } of report?.testResults ?? []) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages = [] } of failed) {
      failures.push(`${name} › ${fullName}\n${failureMessages.join('\n')}`);
    }
    if (failed.length === 0 && message) failures.push(`${name}\n${message}`);
  }
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
  };
}

/** Journeys follow one another in an app; two apps, each with CRMs of its own, share the files between them. */
const browserApps = 2;
/** How long the longer files take compared with each other, as measured. */
const weights: Record<string, number> = {
  ...{ states: 20, pages: 15, languages: 13, switch: 11, why: 11, segments: 9, faults: 7, mappings: 6 },
  ...{ history: 5, health: 5, 'segments-keyboard': 4, reconnect: 4, import: 3 },
};
const otherWeight = 2;

/** The files of each app: the longest first, each to whoever has least to do. */
function sharedFiles(): string[][] {
  const files = readdirSync(join(root, 'e2e')).filter((name) => name.endsWith('.spec.ts'));
  const weightOf = (name: string) => weights[name.replace('.spec.ts', '')] ?? otherWeight;
  const shares = Array.from({ length: browserApps }, () => ({ files: [] as string[], weight: 0 }));
  for (const name of files.sort((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1))) {
    const least = shares.reduce((a, b) => (b.weight < a.weight ? b : a));
    least.files.push(name);
    least.weight += weightOf(name);
  }
  return shares.map(({ files }) => files);
}

async function browser(): Promise<void> {
  const apps: TrialApp[] = [];
  // One after the other: the first one builds the pages for all.
  for (let app = 1; app <= browserApps; app += 1) {
    apps.push(await startTrialApp(root, join(work, `data-${app}`), ownServer));
  }
  const shares = sharedFiles();
  await Promise.all(apps.map(({ env }, index) => journeys(env, index + 1, shares[index] ?? [])));
  await Promise.all(apps.map(({ stop }) => stop()));
}

async function journeys(env: Record<string, string>, app: number, files: string[]): Promise<void> {
  const report = join(work, `e2e-${app}.json`);
  // A file is named by a pattern for its whole path.
  const patterns = files.map((name) => `/e2e/${name.replaceAll('.', '\\.')}$`);
  const args = ['node_modules/@playwright/test/cli.js', 'test', ...patterns];
  const code = await run([...args, `--output=test-results/${app}`], { ...env, E2E_REPORT: report });
  add(readPlaywright(report), code);
}

function readPlaywright(file: string): Sum {
  const report = readJson(file) as {
    stats?: { expected: number; unexpected: number; skipped: number; flaky: number };
  } | null;
  const { expected = 0, unexpected = 0, skipped = 0, flaky = 0 } = report?.stats ?? {};
  return { passed: expected, failed: unexpected + flaky, skipped };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const kinds: Record<string, () => Promise<void>> = {
  check: checks,
  unit: () => vitest('unit'),
  db: () => vitest('db'),
  e2e: browser,
};

await generateClient(root);
for (const [kind, start] of Object.entries(kinds)) {
  if (wanted && wanted !== kind) continue;
  console.log(`\n── ${kind}`);
  await start().catch((error) => {
    console.error(error);
    add({ passed: 0, failed: 0, skipped: 0 }, 1);
  });
}
rmSync(work, { recursive: true, force: true });
for (const failure of failures) console.log(`\n✗ ${failure.slice(0, 2_000)}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
