import { collect } from '../collect/collect.ts';
import { missedBy, type Snapshot, snapshotOf } from './collect-model.ts';
import { beginConnection, connect, connected, turnTo } from './connections.ts';
import { collectDepsOf } from './deps-of.ts';
import { setChanges } from './histories.ts';
import { Dead } from './memory/passage.ts';
import { doStep } from './people.ts';
import { randomOf } from './random.ts';
import { isRare } from './rare-steps.ts';
import { firstPeople, randomSteps, type Step } from './steps.ts';
import { swapHistory } from './swap-histories.ts';
import { World } from './world.ts';

const day = 24 * 3_600_000;

/** One poll by a process of its own, which may die at any call. */
async function poll(world: World, dies: number | null): Promise<void> {
  if (world.away.size > 0) return;
  const worker = world.worker(dies ?? undefined);
  try {
    await collect(collectDepsOf(world, worker));
  } catch (error) {
    if (!(error instanceof Dead)) throw error;
  }
}

const isWork = (step: Step): step is Extract<Step, { dies: number | null }> => 'dies' in step;

/** People go on living while a poll is under way: each waits for its turn among the poll's calls. */
async function live(world: World, steps: readonly Step[]): Promise<void> {
  const { worker } = world.worker();
  for (const step of steps) {
    await worker.pass('life');
    doStep(world, step);
  }
}

/** Some of the first people are linked, whoever may have done that. */
async function linkSome(world: World): Promise<void> {
  const { store } = world.worker();
  const contacts = [...world.account.contacts.values()].flatMap(({ id, archivedAt }) =>
    archivedAt === null ? [id] : [],
  );
  const records = world.org
    .all()
    .filter(({ deletedAt, convertedTo }) => deletedAt === null && convertedTo === null);
  const at = world.clock.now();
  await store.transaction((tx) =>
    tx.insertLinks(
      records.slice(0, 2).flatMap(({ id, object }, position) => {
        const contactId = contacts[position];
        if (contactId === undefined) return [];
        const kind = object === 'Lead' ? ('LEAD' as const) : ('CONTACT' as const);
        const link = { id: world.db.newId(), contactId, recordId: id, object: kind, createdAt: at };
        return [{ ...link, origin: 'MATCHED' as const, openException: false, importOnly: false }];
      }),
    ),
  );
}

/** A history in which people work, polls come and go, and nobody works on the inbox. */
export type CollectHistory = { seed: number; first: Step[]; steps: Step[] };

/**
 * What a poll does without its list is no matter of what it misses; what is mapped or shown later is first seen
 * when its people are read next; of a privacy deletion HubSpot tells by webhook.
 */
const rareButJudged: Step['do'][] = ['disconnect', 'connect', 'swap', 'automate'];
const isJudged = (step: Step) =>
  step.do !== 'list.state' && (!isRare(step) || rareButJudged.includes(step.do));

export function collectHistory(seed: number): CollectHistory {
  const random = randomOf(seed);
  const first = firstPeople(random);
  const steps = randomSteps(random, 10 + random.int(60)).filter(isJudged);
  return { seed, first, steps };
}

/** The same of a workspace that is connected to other orgs now and then, and comes back. */
export function collectSwapHistory(seed: number): CollectHistory {
  const { first, steps } = swapHistory(seed);
  return { seed, first, steps: steps.filter(isJudged) };
}

/** Lives through a history, lets everything settle, and answers what collecting has missed. */
export async function runCollectHistory({ seed, first, steps }: CollectHistory): Promise<string[]> {
  const world = new World(seed);
  setChanges(world, randomOf(seed + 1));
  for (const step of first) doStep(world, step);
  world.advance(60_000);
  beginConnection(world);
  const begun = new Beginnings();
  await begun.of(world);
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    const now = connected(world);
    if (step?.do === 'two') {
      const after = steps.slice(at + 1, at + 4);
      const end = after.findIndex((each) => isWork(each) || each.do === 'swap');
      const meanwhile = end < 0 ? after : after.slice(0, end);
      await Promise.all([poll(now, step.dies), live(now, meanwhile)]);
      at += meanwhile.length;
    } else if (step && isWork(step)) await poll(now, step.dies);
    else if (step) doStep(now, step);
    // Without HubSpot nothing begins there yet.
    if (connected(world).away.size === 0) await begun.of(connected(world));
  }
  const missed: string[] = [];
  for (const each of [...world.orgs].reverse()) {
    turnTo(each);
    connect(each);
    missed.push(...(await missedAtEnd(each, await begun.of(each))));
  }
  return missed;
}

/** What everything was like when each org was connected first. */
class Beginnings {
  readonly #snapshots = new Map<World, Snapshot>();

  async of(world: World): Promise<Snapshot> {
    const known = this.#snapshots.get(world);
    if (known) return known;
    const snapshot = snapshotOf(world);
    this.#snapshots.set(world, snapshot);
    await linkSome(world);
    return snapshot;
  }
}

async function missedAtEnd(world: World, atConnecting: Snapshot): Promise<string[]> {
  world.faults.clear();
  world.automations.rest();
  for (let round = 0; round < 3; round += 1) {
    world.advance(20 * 60_000);
    await poll(world, null);
  }
  const missed = missedBy(world, atConnecting, 'polls');
  for (let round = 0; round < 3; round += 1) {
    world.advance(day + 60_000);
    await poll(world, null);
  }
  return [...missed, ...missedBy(world, atConnecting, 'daily')];
}
