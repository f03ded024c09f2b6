import { availableParallelism, loadavg } from 'node:os';
import { createLimiter } from '#lib/crm/limiter.ts';
import { type BenchAccount, startAccount } from './account.ts';
import {
  advance,
  type Bench,
  changeSome,
  firstSync,
  type Measured,
  measure,
  orgSize,
  type Polled,
  poll,
  prepare,
} from './sync-ground.ts';
import type { WorkerFigures } from './sync-worker.ts';
import { printRow, printTable, seconds, whole } from './table.ts';

/** Calls that HubSpot allows an app in any ten seconds where the limits are on. */
const limitOfTenSeconds = 110;
const tenSeconds = 10_000;
/** How much slower than the limits alone a sync may be that meets them. */
const mostOverLimits = 1.15;
/** So many that the calls of the first ten seconds, which no limit holds up, do not matter much. */
const contactsWithinLimits = 20_000;
const minute = 60_000;
const usualSizes = '20000,100000';

type Size = { contacts: number; first: Measured };

const speed = ({ records, ms }: WorkerFigures) => (records / ms) * 1_000;
const reached = (isReached: boolean) => (isReached ? 'reached' : 'NOT REACHED');

/** So many people the engine takes at once: each such group has a Bulk job of its own. */
const groupSize = 5_000;

/** Calls that a first sync may take: few for the few, for many a number for each job of a group and each scan. */
function mostCalls(records: number): number {
  if (records <= 2_000) return 6 + 0.011 * records;
  const jobs = Math.ceil(records / groupSize);
  return 60 + 12 * (jobs - 1) + Math.ceil(orgSize / 50_000);
}

function described({ ms, records, calls }: Measured): string {
  return `${seconds(ms / 1_000)}, ${whole(records)} people, HubSpot ${whole(calls.hubspot)}, Salesforce ${whole(calls.salesforce)} calls`;
}

const widthOfPolls = 'memory of its polls at their peak'.length;

/** What polls cost from then on, each printed once it is known: right after the sync, idle, with 1 % changed, and with the daily check. */
async function benchPolls(bench: Bench, contacts: number): Promise<void> {
  console.log(`\nPolls of ${whole(contacts)} contacts`);
  let peak = 0;
  const measured = async (name: string, most: number | null = null) => {
    const polled = await poll(bench);
    peak = Math.max(peak, polled.collected.peakMegabytes);
    for (const [what, figures] of pollRows(name, polled, most)) printRow(what, figures, widthOfPolls);
  };
  await measured('first poll after it', 20);
  await advance(bench, 20 * minute);
  await measured('poll 20 minutes later');
  await advance(bench, 15 * minute);
  await measured('idle poll', 3);
  await changeSome(bench);
  await measured('poll after 1 % changed');
  await advance(bench, 25 * 60 * minute);
  await measured('poll with the daily check', 20);
  printRow('memory of its polls at their peak', `${whole(peak)} MB`, widthOfPolls);
}

/** A poll, and the work after it, where there was some. */
function pollRows(name: string, { collected, worked }: Polled, most: number | null): [string, string][] {
  const goal = most === null ? '' : `, ${atMost(most, collected)}`;
  const turns = collected.turns > 1 ? `, ${collected.turns} turns` : '';
  const rows: [string, string][] = [[name, `${described(collected)}${turns}${goal}`]];
  const again = `${whole(worked.retried)} of them tried again`;
  if (worked.records > 0) rows.push(['work after it', `${described(worked)}, ${again}`]);
  return rows;
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
  ]);
  await benchPolls(bench, contacts);
  return first;
}

/** How long so many calls take that cost no time themselves: each begins as soon as the limit lets it. */
async function limitsAlone(calls: number): Promise<number> {
  let ms = 0;
  const wait = async (duration: number) => {
    ms += duration;
  };
  const limiter = createLimiter(limitOfTenSeconds, tenSeconds, { now: () => ms, wait });
  for (let call = 0; call < calls; call += 1) (await limiter.take())();
  return ms;
}

/** The same with the vendors' limits, beside the time that these alone dictate for the calls that were made. */
async function benchLimits(account: BenchAccount, contacts: number): Promise<void> {
  const bench = await prepare(account, contacts);
  await account.hubspot('config', { rateLimitTenSecondly: limitOfTenSeconds });
  const first = await firstSync(bench);
  const leastMs = await limitsAlone(first.calls.hubspot);
  const ratio = first.ms / leastMs;
  printTable(`First sync within the rate limits, ${whole(contacts)} contacts`, [
    ['first sync', described(first)],
    ['the limits alone', seconds(leastMs / 1_000)],
    ['ratio', `${ratio.toFixed(2)}, ideal at most ${mostOverLimits}: ${reached(ratio <= mostOverLimits)}`],
  ]);
}

function printGrowth([small, large]: readonly Size[]): void {
  if (!small || !large) return;
  const growth = large.first.peakMegabytes / small.first.peakMegabytes;
  const name = `${whole(large.contacts)} beside ${whole(small.contacts)}`;
  const goal = `ideal at most 1.3: ${reached(growth <= 1.3)}`;
  printTable('Memory of the worker', [[name, `${growth.toFixed(2)}, ${goal}`]]);
}

/**
 * First sync and the polls after it, beside a loop that only calls, and a first sync within the rate limits.
 * `BENCH_CONTACTS=2000` names other sizes. Every table is printed as soon as it is known.
 */
export async function benchSync(): Promise<void> {
  const sizes = (process.env.BENCH_CONTACTS ?? usualSizes).split(',').map(Number);
  const account = await startAccount();
  try {
    const done: Size[] = [];
    for (const contacts of sizes) {
      done.push({ contacts, first: await benchSize(account, contacts) });
      if (done.length === 1) await benchLimits(account, contactsWithinLimits);
    }
    printGrowth(done);
  } finally {
    await account.stop();
  }
}
