import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { checkNow, startResync } from '../server/index.ts';
import { connectedWorkspace } from '../testing.ts';
import { randomOf } from './random.ts';
import { disagreements } from './real-judge.ts';
import { doRealStep, emptyGrounds, type Grounds } from './real-people.ts';
import { advance, silentForLong, untilAsked, untilCalm, untilIdle } from './real-time.ts';
import { firstPeople, randomSteps, type Step } from './steps.ts';

testDatabase();
const simulators = testSimulators();
const histories = Number(process.env.SOAK_REAL ?? 25);
const first = Number(process.env.SOAK_FROM ?? 1);
const historyMs = 120_000;
const workers = testWorkers({ SYNC_POLL_SECONDS: '86400' });

/** The second of the two, which may be on its way. */
let born: Promise<unknown>;

beforeAll(async () => {
  await workers.start();
  born = workers.start();
});
afterEach(async () => {
  await untilIdle();
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL`;
});
afterAll(async () => {
  await born;
  await workers.killAll();
});

async function resync(workspace: TestWorkspace): Promise<void> {
  const started = await startResync(workspace.actor);
  if (!started.ok && started.failure.code !== 'run_already_active') throw new Error(started.failure.code);
}

/** Most requests of the workers after which life goes on, or one of them ends. */
const mostRequests = 20;

async function liveFor(workspace: TestWorkspace, grounds: Grounds, step: Step): Promise<void> {
  if (isWork(step)) await letWork(workspace, step);
  else if (step.do === 'advance') await advance(simulators.current, step.ms);
  else await doRealStep(grounds, step);
}

type Working = Extract<Step, { dies: number | null }>;
const isWork = (step: Step): step is Working => 'dies' in step;

/** A poll is only asked for; anything else goes on for a while beside what people do, or until a worker dies. */
async function letWork(workspace: TestWorkspace, step: Working): Promise<void> {
  if (step.do !== 'resync') await checkNow(workspace.actor);
  if (step.do === 'resync' || (step.do === 'two' && step.second === 'resync')) await resync(workspace);
  if (step.dies !== null) await dieAfter(step.dies % mostRequests);
  else if (step.do !== 'poll') await untilAsked(simulators.current, mostRequests);
}

/** The one that has worked for longest; another one begins meanwhile. */
async function dieAfter(requests: number): Promise<void> {
  await born;
  await untilAsked(simulators.current, requests);
  await silentForLong(await workers.killOldest());
  born = workers.start();
}

/** A resync right after another one writes nothing. */
async function expectNothingLeftToWrite(workspace: TestWorkspace): Promise<void> {
  const before = await writes();
  await resync(workspace);
  await untilCalm(simulators.current, workspace.workspaceId);
  expect(await writes()).toEqual(before);
}

async function writes(): Promise<unknown[]> {
  const { hubspot, salesforce } = simulators.current;
  return [(await hubspot.requests()).writes, (await salesforce.requests()).writes];
}

describe('9: random histories over HTTP, Postgres and two worker processes, some of which are killed', () => {
  it.each(Array.from({ length: histories }, (_, at) => first + at))(
    'seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const grounds = await emptyGrounds(simulators.current);
      const workspace = await connectedWorkspace(simulators.current);
      for (const step of firstPeople(random)) await doRealStep(grounds, step);
      for (const step of randomSteps(random, 15 + random.int(15))) await liveFor(workspace, grounds, step);
      for (let round = 0; round < 2; round += 1) {
        await advance(simulators.current, 24 * 3_600_000 + 60_000);
        await checkNow(workspace.actor);
        await untilCalm(simulators.current, workspace.workspaceId);
      }
      await resync(workspace);
      await untilCalm(simulators.current, workspace.workspaceId);
      expect(await disagreements(workspace.workspaceId, grounds)).toEqual([]);
      await expectNothingLeftToWrite(workspace);
      expect(await disagreements(workspace.workspaceId, grounds)).toEqual([]);
    },
    historyMs * 3,
  );
});
