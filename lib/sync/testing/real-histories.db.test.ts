import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/core/db.ts';
import type { Values } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { testWorkers } from '#lib/testing/workers.ts';
import { activeRunStatuses } from '../schemas.ts';
import { checkNow, startResync } from '../server/index.ts';
import { connectedWorkspace } from '../testing.ts';
import { simulatedHubSpotGround, simulatedSalesforceGround } from './contract/simulator-grounds.ts';
import { plain } from './model.ts';
import { randomOf } from './random.ts';
import { contactsOf, doRealStep, type Grounds } from './real-people.ts';
import { firstPeople, randomSteps, type Step } from './steps.ts';

testDatabase();
const simulators = testSimulators();
const histories = Number(process.env.SOAK_REAL ?? 3);
const historyMs = 120_000;
const mapped = [
  ['firstname', 'FirstName', 'FirstName'],
  ['lastname', 'LastName', 'LastName'],
  ['jobtitle', 'Title', 'Title'],
  ['phone', 'Phone', 'Phone'],
  ['message', 'Description', 'Description'],
  ['city', 'City', 'MailingCity'],
] as const;
const workers = testWorkers({ SYNC_POLL_SECONDS: '86400' });

beforeAll(async () => {
  await workers.start();
  await workers.start();
});
afterEach(async () => {
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL`;
});
afterAll(() => workers.killAll());

/** Time passes everywhere, and jobs that waited for it may begin. */
async function advance(ms: number): Promise<void> {
  await simulators.current.clock(ms);
  await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + ${ms}::bigint`;
  await db()
    .$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND locked_at IS NULL`;
}

/** Nothing is under way and nothing is due but what failed and is tried again. */
async function expectCalm(workspaceId: string): Promise<void> {
  await advance(5_000);
  const runs = await db().run.count({ where: { workspaceId, status: { in: activeRunStatuses } } });
  const open = await db().trigger.findMany({ where: { workspaceId }, select: { causes: true } });
  const waiting = open.filter(({ causes }) => !JSON.stringify(causes).includes('"retry"'));
  expect([runs, waiting]).toEqual([0, []]);
}

async function untilCalm({ workspaceId }: TestWorkspace): Promise<void> {
  await vi.waitFor(() => expectCalm(workspaceId), { timeout: historyMs, interval: 150 });
}

async function resync(workspace: TestWorkspace): Promise<void> {
  const started = await startResync(workspace.actor);
  if (!started.ok && started.failure.code !== 'run_already_active') throw new Error(started.failure.code);
}

async function liveFor(workspace: TestWorkspace, grounds: Grounds, step: Step): Promise<void> {
  if (step.do === 'poll' || step.do === 'work' || step.do === 'two') await checkNow(workspace.actor);
  else if (step.do === 'resync') await resync(workspace);
  else if (step.do === 'advance') await advance(step.ms);
  else await doRealStep(grounds, step);
  if ('dies' in step && step.dies !== null) {
    await workers.killOldest();
    await workers.start();
  }
}

/** What is not in agreement, of all who are linked; everybody is a member. */
async function disagreements(workspace: TestWorkspace, grounds: Grounds): Promise<string[]> {
  const { workspaceId } = workspace;
  const ids = await contactsOf(grounds);
  const contacts = expectValue(
    await grounds.hubspot.port.readContacts(ids, ['email', ...mapped.map(([name]) => name)]),
  );
  const links = await db().link.findMany({ where: { workspaceId, endedAt: null } });
  const found: string[] = [];
  for (const contact of contacts) {
    if (!contact) continue;
    const link = links.find(({ contactId }) => contactId === contact.id);
    const outcome = await db().outcome.findFirst({
      where: { workspaceId, contactId: contact.id },
      orderBy: { at: 'desc' },
    });
    if (outcome?.result === 'FAILED' || JSON.stringify(outcome?.changes ?? []).includes('"failure"'))
      continue;
    if (!link) {
      if (contact.values.email && outcome?.reason !== 'merged') found.push(`${contact.id} has no record`);
      continue;
    }
    const object = link.object === 'LEAD' ? 'Lead' : 'Contact';
    const names = mapped.map(([, lead, other]) => (object === 'Lead' ? lead : other));
    const [record] = expectValue(await grounds.salesforce.port.readRecords(object, [link.recordId], names));
    found.push(
      ...(record ? differences(contact.values, record.values, names) : [`${link.recordId} is gone`]),
    );
  }
  return found;
}

function differences(contact: Values, record: Values, names: readonly string[]): string[] {
  return mapped.flatMap(([property], position) => {
    const [h, s] = [contact[property] ?? null, record[names[position] ?? ''] ?? null];
    return plain(property, h) === plain(property, s) ? [] : [`${property}: ${h} and ${s}`];
  });
}

/** What failed may be tried once more; then a resync writes nothing. */
async function expectNothingLeftToWrite(workspace: TestWorkspace): Promise<void> {
  let before: unknown[];
  let after: unknown[] = await writes();
  let rounds = 0;
  do {
    before = after;
    await resync(workspace);
    await untilCalm(workspace);
    after = await writes();
    rounds += 1;
  } while (rounds < 3 && JSON.stringify(after) !== JSON.stringify(before));
  expect(after).toEqual(before);
}

async function writes(): Promise<unknown[]> {
  const { hubspot, salesforce } = simulators.current;
  return [(await hubspot.requests()).writes, (await salesforce.requests()).writes];
}

describe('9: random histories over HTTP, Postgres and two worker processes, some of which are killed', () => {
  it.each(Array.from({ length: histories }, (_, at) => at + 1))(
    'seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const grounds: Grounds = {
        hubspot: await simulatedHubSpotGround(simulators.current.hubspot),
        salesforce: await simulatedSalesforceGround(simulators.current.salesforce),
      };
      const workspace = await connectedWorkspace(simulators.current);
      for (const step of firstPeople(random)) await doRealStep(grounds, step);
      for (const step of randomSteps(random, 15 + random.int(15))) await liveFor(workspace, grounds, step);
      for (let round = 0; round < 2; round += 1) {
        await advance(24 * 3_600_000 + 60_000);
        await checkNow(workspace.actor);
        await untilCalm(workspace);
      }
      await resync(workspace);
      await untilCalm(workspace);
      expect(await disagreements(workspace, grounds)).toEqual([]);
      await expectNothingLeftToWrite(workspace);
      expect(await disagreements(workspace, grounds)).toEqual([]);
      await db().workspace.deleteMany();
      await db().claim.deleteMany();
      await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL`;
    },
    historyMs * 3,
  );
});
