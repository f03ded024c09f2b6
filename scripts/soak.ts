import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyOf, live } from '../lib/sync/testing/histories.ts';
import { searchHistories } from '../lib/sync/testing/search-histories.ts';
import { liveInTwo, twoHistory } from '../lib/sync/testing/two-histories.ts';
import type { World } from '../lib/sync/testing/world.ts';

// Looks for what the sync does wrong for as long as one likes. What `npm test` does with few seeds:
//   npm run soak -- --histories 100000 [--from 5000]   random histories in memory
//   npm run soak -- --two 1000 [--from 201]            of two workspaces that share an org
//   npm run soak -- --seed 4711                        one of them, with every write
//   npm run soak -- --real 200                         over HTTP, Postgres and two worker processes
//   npm run soak -- --kills 100                        a real worker is killed in the middle of a resync

const usage =
  'npm run soak -- --histories N [--from SEED] | --two N [--from SEED] | --seed SEED | --real N | --kills N';
const together = 100;

async function searchFor(from: number, count: number): Promise<number> {
  const startedAt = Date.now();
  for (let done = 0; done < count; done += together) {
    const finding = await searchHistories(from + done, Math.min(together, count - done));
    if (finding) {
      console.log(JSON.stringify(finding, null, 2));
      return 1;
    }
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    console.log(`seeds ${from} to ${from + Math.min(done + together, count) - 1} are well (${seconds} s)`);
  }
  return 0;
}

async function searchForTwo(from: number, count: number): Promise<number> {
  for (let seed = from; seed < from + count; seed += 1) {
    const wrong = await liveInTwo(twoHistory(seed));
    if (wrong.length > 0) {
      console.log(JSON.stringify({ seed, wrong }, null, 2));
      return 1;
    }
    if ((seed + 1 - from) % together === 0) console.log(`seeds ${from} to ${seed} are well`);
  }
  return 0;
}

async function replay(seed: number): Promise<number> {
  let world: World | undefined;
  const history = historyOf(seed);
  for (const step of [...history.first, ...history.steps]) console.log(JSON.stringify(step));
  const wrong = await live(history, (born) => {
    world = born;
  });
  for (const event of world?.trace ?? []) {
    if (event.kind === 'write' || event.kind === 'archive') {
      console.log(new Date(event.at).toISOString(), JSON.stringify(event));
    }
  }
  console.log(wrong.length === 0 ? 'All is well.' : wrong.join('\n'));
  return wrong.length === 0 ? 0 : 1;
}

/** A database test with another number of rounds. */
function databaseTest(file: string, name: string, rounds: number): Promise<number> {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'db', file], {
    stdio: 'inherit',
    env: { ...process.env, [name]: String(rounds) },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    from: { type: 'string', default: '1' },
    two: { type: 'string' },
    seed: { type: 'string' },
    real: { type: 'string' },
    kills: { type: 'string' },
  },
});
if (values.seed) process.exitCode = await replay(Number(values.seed));
else if (values.histories) process.exitCode = await searchFor(Number(values.from), Number(values.histories));
else if (values.two) process.exitCode = await searchForTwo(Number(values.from), Number(values.two));
else if (values.real) {
  process.exitCode = await databaseTest(
    'lib/sync/testing/real-histories.db.test.ts',
    'SOAK_REAL',
    Number(values.real),
  );
} else if (values.kills) {
  process.exitCode = await databaseTest(
    'lib/sync/testing/kills.db.test.ts',
    'SOAK_KILLS',
    Number(values.kills),
  );
} else {
  console.error(usage);
  process.exitCode = 1;
}
