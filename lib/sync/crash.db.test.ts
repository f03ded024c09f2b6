import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { getRun, startResync } from './server/index.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from './testing.ts';

testDatabase();
const simulators = testSimulators();
const workers = testWorkers();
let workspace: TestWorkspace;

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 50_000, interval: 100 });

async function runOf(id: string) {
  const run = await getRun(workspace.actor, id);
  if (!run.ok) throw new Error(run.failure.code);
  return run.value;
}

async function start(): Promise<string> {
  const started = await startResync(workspace.actor);
  if (!started.ok) throw new Error(started.failure.code);
  return started.value.id;
}

/** The request that is to be held has come. */
async function untilHeld(): Promise<void> {
  const faults = `${simulators.current.salesforce.url}/__control/faults`;
  await until(async () => expect(await (await fetch(faults)).json()).toEqual([]));
}

/** How often each address that was to be created is in Salesforce now. */
async function copies(runId: string): Promise<number[]> {
  const created = await db().outcome.findMany({ where: { runId, result: 'CREATED' } });
  const salesforce = await salesforceFor(workspace.workspaceId);
  if (!salesforce.ok) throw new Error(salesforce.failure.kind);
  const found = await salesforce.value.findByEmail(
    created.map(({ email }) => email ?? ''),
    { Lead: [], Contact: [] },
  );
  if (!found.ok) throw new Error(found.failure.kind);
  return found.value.map((records) => records.length);
}

async function expectComplete(runId: string): Promise<void> {
  const run = await runOf(runId);
  expect(run).toMatchObject({ status: 'DONE', processed: 500, created: 380, skipped: 12, failed: 8 });
  const counts = await copies(runId);
  expect(counts).toHaveLength(380);
  expect(new Set(counts)).toEqual(new Set([1]));
  expect((await simulators.current.salesforce.requests()).writes.created).toBe(380);
  expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  // The worker lets go of the run right after it has said that the run is done.
  await until(async () => expect(await db().claim.count()).toBe(0));
}

beforeEach(async () => {
  await simulators.current.reset();
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
});

afterEach(async () => {
  await workers.killAll();
  await simulators.current.salesforce.faults([]);
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

describe('8: a worker that is killed in the middle of a resync', () => {
  it('is followed by another that finds what it did and finishes', async () => {
    const { salesforce } = simulators.current;
    // The records of the first batch exist; reading them back hangs.
    await salesforce.faults([
      { method: 'POST', path: '/services/data/v66.0/composite/sobjects/Lead', held: true, times: 1 },
    ]);
    const worker = await workers.start();
    const runId = await start();
    await untilHeld();
    expect(await db().link.count()).toBeGreaterThan(0);
    await workers.kill(worker);
    expect((await runOf(runId)).status).toBe('RUNNING');
    await workers.start();
    await until(async () => expect((await runOf(runId)).status).toBe('DONE'));
    await expectComplete(runId);
  });

  it('creates nobody twice, though its last request is carried out after its death', async () => {
    const { salesforce } = simulators.current;
    await salesforce.faults([
      { method: 'POST', path: '/services/data/v66.0/composite/sobjects', held: true, times: 1 },
    ]);
    const worker = await workers.start();
    const runId = await start();
    await untilHeld();
    await workers.kill(worker);
    const sent = await db().intent.count();
    expect(sent).toBeGreaterThan(0);
    expect((await salesforce.requests()).writes.created).toBe(0);
    await workers.start();
    await until(async () =>
      expect(await runOf(runId)).toMatchObject({ status: 'WAITING', reason: 'unanswered_creation' }),
    );
    expect((await runOf(runId)).processed).toBe(500 - sent);
    expect((await salesforce.requests()).writes.created).toBe(380 - sent);
    await salesforce.faults([]);
    const created = async () => (await salesforce.requests()).writes.created;
    await until(async () => expect(await created()).toBe(380));
    // After a quarter of an hour whatever was sent is visible.
    await moveClock(16 * 60_000, simulators.current);
    await db().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()`;
    await until(async () => expect((await runOf(runId)).status).toBe('DONE'));
    await expectComplete(runId);
  });
});

describe('8: a worker that is asked to end', () => {
  it('finishes its batch; another goes on from there at once', async () => {
    const { salesforce } = simulators.current;
    await salesforce.faults([
      { method: 'POST', path: '/services/data/v66.0/composite/sobjects', held: true, times: 1 },
    ]);
    const worker = await workers.start();
    const runId = await start();
    await untilHeld();
    const ended = workers.kill(worker, 'SIGTERM');
    await salesforce.faults([]);
    await ended;
    const left = await runOf(runId);
    expect(left.status).toBe('WAITING');
    expect(left.processed).toBeGreaterThan(200);
    expect(left.processed).toBeLessThan(500);
    expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
    // Others, killed by the tests before, may not be buried yet.
    expect(await db().worker.count({ where: { pid: worker.pid } })).toBe(0);
    await workers.start();
    await until(async () => expect((await runOf(runId)).status).toBe('DONE'));
    await expectComplete(runId);
  });
});
