import { fork } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#lib/auth/actor.ts';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { startResync } from '#lib/sync/server/index.ts';
import { type BenchAccount, startAccount } from './account.ts';
import { answerOf } from './bare-loop.ts';
import type { WorkerFigures, WorkerTask } from './sync-worker.ts';
import { printTable, seconds, whole } from './table.ts';

/** Calls that HubSpot allows an app in ten seconds where the limits are on, and where they are to be no matter. */
const limitOfTenSeconds = 110;
const noLimit = 1_000_000;
/** How much slower than the limits alone a sync may be that meets them. */
const mostOverLimits = 1.15;
const orgSize = 900;
const minute = 60_000;

type Measured = WorkerFigures & { calls: { hubspot: number; salesforce: number } };
type Bench = { account: BenchAccount; actor: Actor; listId: string; orgId: string };

const worker = fileURLToPath(new URL('./sync-worker.ts', import.meta.url));

async function measure(account: BenchAccount, task: WorkerTask): Promise<Measured> {
  const before = await account.calls();
  const figures = await new Promise<WorkerFigures>((resolve, reject) => {
    const execArgv = ['--disable-warning=ExperimentalWarning', '--experimental-wasm-modules'];
    const child = fork(worker, [JSON.stringify(task)], { execArgv });
    child.once('message', (answer) => resolve(answer as WorkerFigures));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}.`)));
  });
  const after = await account.calls();
  const calls = {
    hubspot: after.hubspot - before.hubspot,
    salesforce: after.salesforce - before.salesforce,
  };
  return { ...figures, calls };
}

/** An account in which everybody with an address is in one segment, and an org that knows few of them. */
async function prepare(account: BenchAccount, contacts: number): Promise<Bench> {
  const actor = await account.open({ contacts, segments: 0 });
  await account.hubspot('config', { rateLimits: true, rateLimitTenSecondly: noLimit });
  const listId = await everybody(actor);
  const chosen = await updateSettings(actor, { key: 'inclusionListId', value: listId, version: 0 });
  if (!chosen.ok) throw new Error(`The segment was not chosen: ${chosen.failure.code}`);
  await account.openOrg(actor, orgSize);
  const where = { workspaceId: actor.workspaceId, crm: 'SALESFORCE' as const };
  const { accountId: orgId } = await db().connection.findFirstOrThrow({ where });
  return { account, actor, listId, orgId };
}

async function everybody({ workspaceId }: Actor): Promise<string> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) throw new Error('HubSpot is not connected.');
  const isKnown = { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' };
  const filter = { filterType: 'PROPERTY', property: 'email', operation: isKnown };
  const group = {
    filterBranchType: 'AND',
    filterBranchOperator: 'AND',
    filterBranches: [],
    filters: [filter],
  };
  const filterBranch = {
    ...{ filterBranchType: 'OR', filterBranchOperator: 'OR', filters: [], filterBranches: [group] },
  };
  const input = { name: 'Everybody', objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
  let list = answerOf(await hubspot.value.createList(input));
  while (list.processingStatus !== 'COMPLETE') {
    await sleep(500);
    list = answerOf(await hubspot.value.list(list.listId));
  }
  return list.listId;
}

async function firstSync({ account, actor }: Bench): Promise<Measured> {
  const run = await startResync(actor);
  if (!run.ok) throw new Error(`The run did not start: ${run.failure.code}`);
  return measure(account, { do: 'resync', runId: run.value.id });
}

function poll({ account, actor, orgId }: Bench): Promise<Measured> {
  return measure(account, { do: 'poll', workspaceId: actor.workspaceId, orgId });
}

/** Somebody changes one contact of a hundred. */
async function changeSome({ actor, listId }: Bench): Promise<void> {
  const hubspot = await hubspotFor(actor.workspaceId);
  if (!hubspot.ok) throw new Error('HubSpot is not connected.');
  let after: string | null = null;
  do {
    const page: { ids: string[]; after: string | null } = answerOf(
      await hubspot.value.members(listId, after),
    );
    const some = page.ids.filter((_, at) => at % 100 === 0);
    const values = { jobtitle: `Title of ${Date.now()}` };
    answerOf(await hubspot.value.updateContacts(some.map((id) => ({ id, values }))));
    after = page.after;
  } while (after !== null);
  // Search follows a change after a while.
  await sleep(1_000);
}

/** All clocks move on; the database's becomes one that can be moved. */
async function advance({ account }: Bench, ms: number): Promise<void> {
  await db().$executeRaw`CREATE TABLE IF NOT EXISTS test_clock (offset_ms bigint NOT NULL)`;
  await db().$executeRaw`INSERT INTO test_clock SELECT 0 WHERE NOT EXISTS (SELECT FROM test_clock)`;
  await db().$executeRaw`
    CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT now() + (SELECT offset_ms FROM test_clock) * interval ''1 millisecond'''`;
  await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + ${ms}::bigint`;
  await account.hubspot('clock', { advanceMs: ms });
  await account.salesforce('clock', { advanceMs: ms });
}

const speed = ({ records, ms }: WorkerFigures) => (records / ms) * 1_000;
const reached = (isReached: boolean) => (isReached ? 'reached' : 'NOT REACHED');

/** Calls that a first sync may take: few for the few, for many a number for each job of 10,000 and each scan. */
function mostCalls(records: number): number {
  if (records <= 2_000) return 6 + 0.011 * records;
  const jobs = Math.ceil(records / 10_000);
  return 60 + 12 * (jobs - 1) + Math.ceil(orgSize / 50_000);
}

function described({ ms, records, calls }: Measured): string {
  return `${seconds(ms / 1_000)}, ${whole(records)} people, HubSpot ${whole(calls.hubspot)}, Salesforce ${whole(calls.salesforce)} calls`;
}

/** What polls cost from then on: right after the sync, idle, with 1 % changed, and with the daily check. */
async function measurePolls(bench: Bench) {
  const again = await poll(bench);
  await advance(bench, 20 * minute);
  const settling = await poll(bench);
  // What failed is tried again after half an hour: that is no idle poll.
  await advance(bench, 8 * minute);
  const idle = await poll(bench);
  await changeSome(bench);
  const steady = await poll(bench);
  await advance(bench, 25 * 60 * minute);
  const daily = await poll(bench);
  return { again, settling, idle, steady, daily };
}

const atMost = (most: number, { calls }: Measured) =>
  `ideal at most ${whole(most)}: ${reached(calls.salesforce <= most)}`;

async function benchSize(account: BenchAccount, contacts: number): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  const bareGround = await prepare(account, contacts);
  const { workspaceId } = bareGround.actor;
  const bare = await measure(account, { do: 'bare', workspaceId, listId: bareGround.listId });
  const bench = await prepare(account, contacts);
  const first = await firstSync(bench);
  const polls = await measurePolls(bench);
  const rate = speed(first);
  printTable(`First sync, ${whole(contacts)} contacts, an org of ${whole(orgSize)} records`, [
    ['load of the machine before it', `${load.toFixed(1)} on ${availableParallelism()} cores`],
    ['bare loop', described(bare)],
    ['first sync', described(first)],
    ['Salesforce calls', `${whole(first.calls.salesforce)}, ${atMost(mostCalls(first.records), first)}`],
    ['records a second', `${whole(rate)}, ideal at least 1,000: ${reached(rate >= 1_000)}`],
    [
      'of the bare loop’s speed',
      `${whole((rate / speed(bare)) * 100)} %, ideal at least 50 %: ${reached(rate * 2 >= speed(bare))}`,
    ],
    [
      'work of the worker’s processor',
      `${seconds(first.processorMs / 1_000)}, bare loop ${seconds(bare.processorMs / 1_000)}`,
    ],
    ['memory of the worker at its peak', `${whole(first.peakMegabytes)} MB`],
    ['first poll after it', `${described(polls.again)}, ${atMost(20, polls.again)}`],
    ['poll 20 minutes later', described(polls.settling)],
    ['idle poll', `${described(polls.idle)}, ${atMost(3, polls.idle)}`],
    ['poll after 1 % changed', described(polls.steady)],
    ['poll with the daily check', `${described(polls.daily)}, ${atMost(20, polls.daily)}`],
  ]);
  return first;
}

/** The same with the vendors' limits, beside the time that these alone dictate for the calls that were made. */
async function benchLimits(account: BenchAccount, contacts: number): Promise<void> {
  const bench = await prepare(account, contacts);
  await account.hubspot('config', { rateLimitTenSecondly: limitOfTenSeconds });
  const first = await firstSync(bench);
  const leastMs = (first.calls.hubspot / limitOfTenSeconds) * 10_000;
  const ratio = first.ms / leastMs;
  printTable(`First sync within the rate limits, ${whole(contacts)} contacts`, [
    ['first sync', described(first)],
    ['the limits alone', seconds(leastMs / 1_000)],
    ['ratio', `${ratio.toFixed(2)}, ideal at most ${mostOverLimits}: ${reached(ratio <= mostOverLimits)}`],
  ]);
}

/**
 * First sync and the polls after it, beside a loop that only calls. `BENCH_CONTACTS=20000,100000` names other sizes;
 * they take a while.
 */
export async function benchSync(): Promise<void> {
  const sizes = (process.env.BENCH_CONTACTS ?? '2000').split(',').map(Number);
  const account = await startAccount();
  try {
    const peaks: number[] = [];
    for (const contacts of sizes) peaks.push((await benchSize(account, contacts)).peakMegabytes);
    await benchLimits(account, sizes[0] ?? 20_000);
    const [small = 1, large] = peaks;
    if (large !== undefined) {
      const growth = large / small;
      printTable('Memory of the worker', [
        [
          `${whole(sizes[1] ?? 0)} beside ${whole(sizes[0] ?? 0)}`,
          `${growth.toFixed(2)}, ideal at most 1.3: ${reached(growth <= 1.3)}`,
        ],
      ]);
    }
  } finally {
    await account.stop();
  }
}
