import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type History, historyOf, live } from '../lib/sync/testing/histories.ts';
import { searchHistories } from '../lib/sync/testing/search-histories.ts';
import { swapHistory } from '../lib/sync/testing/swap-histories.ts';
import { liveInTwo, twoHistory } from '../lib/sync/testing/two-histories.ts';
import type { World } from '../lib/sync/testing/world.ts';

// Looks for what the sync does wrong for as long as one likes. What `npm test` does with few seeds:
//   npm run soak -- --histories 100000 [--from 5000]   random histories in memory
//   npm run soak -- --swap 1000 [--from 201]           of a workspace that is connected to other orgs and comes back
//   npm run soak -- --two 1000 [--from 201]            of two workspaces that share an org
//   npm run soak -- --seed 4711 [--swap 1]             one of them, with every write
//   npm run soak -- --real 200 [--from 26]             over HTTP, Postgres and two worker processes
//   npm run soak -- --kills 100 [--from 2]             a real worker is killed in the middle of a resync

const usage =
  'npm run soak -- --histories N | --swap N | --two N | --real N | --kills N [--from SEED], or --seed SEED [--swap 1]';
const together = 100;

type HistoryOf = (seed: number) => History;

async function searchFor(from: number, count: number, of: HistoryOf): Promise<number> {
  const startedAt = Date.now();
  for (let done = 0; done < count; done += together) {
    const finding = await searchHistories(from + done, Math.min(together, count - done), of);
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

async function replay(history: History): Promise<number> {
  let world: World | undefined;
  for (const step of [...history.first, ...history.steps]) console.log(JSON.stringify(step));
  const wrong = await live(history, (born) => {
    world = born;
  });
  const traces = world?.orgs.flatMap(({ org, trace }) =>
    trace.map((event) => ({ org: org.orgId, ...event })),
  );
  for (const event of traces?.sort((a, b) => a.at - b.at) ?? []) {
    if (event.kind === 'write' || event.kind === 'archive') {
      console.log(new Date(event.at).toISOString(), JSON.stringify(event));
    }
  }
  console.log(wrong.length === 0 ? 'All is well.' : wrong.join('\n'));
  return wrong.length === 0 ? 0 : 1;
}

/** A database test with other rounds, or more of them. */
function databaseTest(file: string, name: string, rounds: number, from: number): Promise<number> {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'db', '--reporter', 'verbose', file], {
    stdio: 'inherit',
    env: { ...process.env, [name]: String(rounds), SOAK_FROM: String(from) },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    from: { type: 'string', default: '1' },
    two: { type: 'string' },
    swap: { type: 'string' },
    seed: { type: 'string' },
    real: { type: 'string' },
    kills: { type: 'string' },
  },
});
const historyFor = values.swap ? swapHistory : historyOf;
const wanted = values.histories ?? values.swap;
if (values.seed) process.exitCode = await replay(historyFor(Number(values.seed)));
else if (wanted) process.exitCode = await searchFor(Number(values.from), Number(wanted), historyFor);
else if (values.two) process.exitCode = await searchForTwo(Number(values.from), Number(values.two));
else if (values.real) {
  process.exitCode = await databaseTest(
    'lib/sync/testing/real-histories.db.test.ts',
    'SOAK_REAL',
    Number(values.real),
    Number(values.from),
  );
} else if (values.kills) {
  process.exitCode = await databaseTest(
    'lib/sync/testing/kills.db.test.ts',
    'SOAK_KILLS',
    Number(values.kills),
    Number(values.from),
  );
} else {
  console.error(usage);
  process.exitCode = 1;
}
