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
import { printTable, seconds, whole } from './table.ts';

/** Calls that HubSpot allows an app in any ten seconds where the limits are on. */
const limitOfTenSeconds = 110;
const tenSeconds = 10_000;
/** How much slower than the limits alone a sync may be that meets them. */
const mostOverLimits = 1.15;
/** So many that the calls of the first ten seconds, which no limit holds up, do not matter much. */
const contactsWithinLimits = 20_000;
const minute = 60_000;

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

/** What polls cost from then on: right after the sync, idle, with 1 % changed, and with the daily check. */
async function measurePolls(bench: Bench) {
  const again = await poll(bench);
  await advance(bench, 20 * minute);
  const settling = await poll(bench);
  await advance(bench, 15 * minute);
  const idle = await poll(bench);
  await changeSome(bench);
  const steady = await poll(bench);
  await advance(bench, 25 * 60 * minute);
  const daily = await poll(bench);
  return { again, settling, idle, steady, daily };
}

const pollsPeak = (polls: Record<string, Polled>) =>
  Math.max(...Object.values(polls).map(({ collected }) => collected.peakMegabytes));

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
    ['memory of its polls at their peak', `${whole(pollsPeak(polls))} MB`],
    ...pollRows('first poll after it', polls.again, 20),
    ...pollRows('poll 20 minutes later', polls.settling, null),
    ...pollRows('idle poll', polls.idle, 3),
    ...pollRows('poll after 1 % changed', polls.steady, null),
    ...pollRows('poll with the daily check', polls.daily, 20),
  ]);
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

/**
 * First sync and the polls after it, beside a loop that only calls, then a first sync within the rate limits, which
 * alone takes more than a minute. `BENCH_CONTACTS=20000,100000` names other sizes.
 */
export async function benchSync(): Promise<void> {
  const sizes = (process.env.BENCH_CONTACTS ?? '2000').split(',').map(Number);
  const account = await startAccount();
  try {
    const peaks: number[] = [];
    for (const contacts of sizes) peaks.push((await benchSize(account, contacts)).peakMegabytes);
    await benchLimits(account, contactsWithinLimits);
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
