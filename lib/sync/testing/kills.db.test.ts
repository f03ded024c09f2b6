import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/core/db.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { getRun, startResync } from '../server/index.ts';
import { chooseSegment, connectedWorkspace } from '../testing.ts';
import { randomOf } from './random.ts';

testDatabase();
const simulators = testSimulators();
const kills = Number(process.env.SOAK_KILLS ?? 5);
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

beforeEach(async () => {
  await simulators.current.reset({ seed: 'demo', contacts: people });
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, null);
});

afterEach(async () => {
  await workers.killAll();
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

describe('9: a worker that is killed at any moment of a resync', () => {
  it('leaves nothing undone and nothing done twice', { timeout: roundMs * (kills + 1) }, async () => {
    const random = randomOf(kills);
    const started = await startResync(workspace.actor);
    if (!started.ok) throw new Error(started.failure.code);
    const runId = started.value.id;
    const status = async () => {
      const run = await getRun(workspace.actor, runId);
      return run.ok ? run.value.status : run.failure.code;
    };
    for (let killed = 0; killed < kills && (await status()) !== 'DONE'; killed += 1) {
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
    const created = await db().outcome.count({ where: { runId, result: 'CREATED' } });
    expect((await simulators.current.salesforce.requests()).writes.created).toBe(created);
    expect(await db().outcome.count({ where: { runId } })).toBe(people);
    expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
    const links = await db().link.findMany({ where: { endedAt: null }, select: { recordId: true } });
    expect(new Set(links.map(({ recordId }) => recordId)).size).toBe(links.length);
  });
});
