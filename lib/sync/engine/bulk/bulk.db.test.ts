import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { getRun, startResync } from '../../server/index.ts';
import { chooseSegment, connectedWorkspace } from '../../testing.ts';
import { bulkFrom } from './bulk-job.ts';

testDatabase();
const simulators = testSimulators();
const people = 4_000;
const workers = testWorkers();
let workspace: TestWorkspace;

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 200_000, interval: 200 });

/** A job stays in each of its states until the simulator's clock is moved. */
beforeEach(async () => {
  const { current } = simulators;
  await current.reset({ seed: 'demo', contacts: people });
  await current.hubspot.config({ rateLimitTenSecondly: 100_000 });
  await current.salesforce.config({ bulkStepMs: 600_000 });
  workspace = await connectedWorkspace(current);
  await chooseSegment(workspace, null);
});

afterEach(() => workers.killAll());

const intentsOf = (runId: string) => db().intent.findMany({ where: { runId, jobId: { not: null } } });

it('a worker that dies while a Bulk job runs: the next one waits for the job and makes nobody twice', async () => {
  const { salesforce } = simulators.current;
  const started = await startResync(workspace.actor);
  if (!started.ok) throw new Error(started.failure.code);
  const runId = started.value.id;
  const first = await workers.start();
  const closing = 'PATCH /services/data/v66.0/jobs/ingest/{id}';
  await until(async () => {
    expect(Object.keys((await salesforce.requests()).counts)).toContain(closing);
  });
  await workers.kill(first);
  const carried = await intentsOf(runId);
  expect(carried.length).toBeGreaterThanOrEqual(bulkFrom);
  expect((await salesforce.requests()).writes.created).toBe(0);
  await workers.start();
  await until(async () => {
    // Those of the job are left for later while it runs; time passes, and it ends by itself.
    await moveClock(30_000, simulators.current);
    const run = await getRun(workspace.actor, runId);
    expect(run).toMatchObject({ ok: true, value: { status: 'DONE' } });
  });
  const run = await getRun(workspace.actor, runId);
  if (!run.ok) throw new Error(run.failure.code);
  const { created, processed } = run.value;
  expect(created).toBe((await salesforce.requests()).writes.created);
  expect(processed).toBe(await db().outcome.count({ where: { runId } }));
  expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  const port = await salesforceFor(workspace.workspaceId);
  if (!port.ok) throw new Error(port.failure.kind);
  const addresses = carried.map(({ address }) => address);
  const found = await port.value.findByEmail(addresses, { Lead: [], Contact: [] });
  expect(found.ok && new Set(found.value.map((records) => records.length))).toEqual(new Set([1]));
}, 240_000);
