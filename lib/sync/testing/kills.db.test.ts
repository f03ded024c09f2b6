import { afterEach, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/core/db.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { getRun, startResync } from '../server/index.ts';
import { chooseSegment, connectedWorkspace } from '../testing.ts';
import { type Random, randomOf } from './random.ts';

testDatabase();
const simulators = testSimulators();
const kills = Number(process.env.SOAK_KILLS ?? 5);
const first = Number(process.env.SOAK_FROM ?? 1);
const people = 2_000;
const roundMs = 300_000;
const workers = testWorkers();
let workspace: TestWorkspace;

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: roundMs, interval: 100 });

/** How many requests both CRMs have had: the moment of a death is told by it, not by a clock. */
async function requests(): Promise<number> {
  const { hubspot, salesforce } = simulators.current;
  return (await hubspot.requests()).total + (await salesforce.requests()).total;
}

async function clear(): Promise<void> {
  await workers.killAll();
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
}
afterEach(clear);

/** A resync of all in which workers are killed, so many at most. Answers how many were. */
async function resyncAmidKills(random: Random, most: number): Promise<number> {
  await simulators.current.reset({ seed: 'demo', contacts: people });
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, null);
  const started = await startResync(workspace.actor);
  if (!started.ok) throw new Error(started.failure.code);
  const runId = started.value.id;
  const status = async () => {
    const run = await getRun(workspace.actor, runId);
    return run.ok ? run.value.status : run.failure.code;
  };
  let killed = 0;
  for (; killed < most && (await status()) !== 'DONE'; killed += 1) {
    const worker = await workers.start();
    const enough = (await requests()) + 1 + random.int(25);
    await until(async () => {
      const isOver = (await requests()) >= enough || (await status()) === 'DONE';
      expect(isOver).toBe(true);
    });
    await workers.kill(worker);
    // Whatever waits for the fate of a request that nobody answered may go on.
    await simulators.current.clock(70_000);
    await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + 70000`;
    await db().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()`;
  }
  await workers.start();
  await until(async () => {
    await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + 5000`;
    await db().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()`;
    expect(await status()).toBe('DONE');
  });
  await expectNothingLost(runId);
  return killed;
}

async function expectNothingLost(runId: string): Promise<void> {
  const created = await db().outcome.count({ where: { runId, result: 'CREATED' } });
  expect((await simulators.current.salesforce.requests()).writes.created).toBe(created);
  expect(await db().outcome.count({ where: { runId } })).toBe(people);
  expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  const links = await db().link.findMany({ where: { endedAt: null }, select: { recordId: true } });
  expect(new Set(links.map(({ recordId }) => recordId)).size).toBe(links.length);
}

describe('9: a worker that is killed at any moment of a resync', () => {
  it('leaves nothing undone and nothing done twice', { timeout: roundMs * (kills + 1) }, async () => {
    // One resync comes to its end before so many workers have died; then another one begins.
    for (let [killed, round] = [0, first]; killed < kills; round += 1) {
      killed += await resyncAmidKills(randomOf(kills + 1_000 * (round - 1)), kills - killed);
      if (process.env.SOAK_KILLS) console.log(`round ${round} is well: ${killed} of ${kills} killed`);
      if (killed < kills) await clear();
    }
  });
});
