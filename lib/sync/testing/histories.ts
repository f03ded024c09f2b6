import { unaccountedFor } from './accountability.ts';
import { activeRun, resumeRun } from './asked-runs.ts';
import { beginConnection, connect, connected, turnTo } from './connections.ts';
import { isUnchecked } from './deps-of.ts';
import { type Judge, judge, unlogged } from './invariants.ts';
import { doJob } from './jobs.ts';
import { unsettled } from './model.ts';
import { doStep, type Edit } from './people.ts';
import { notForgotten } from './privacy.ts';
import { type Random, randomOf } from './random.ts';
import { freeProperties, rules } from './rare-steps.ts';
import { firstPeople, randomSteps, type Step, type Work } from './steps.ts';
import { World } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** So many rounds are enough for whatever waits, or it never ends. */
const mostRounds = 80;

/** A history with everything in it; the same seed gives the same. */
export type History = { seed: number; first: Step[]; steps: Step[] };

export function historyOf(seed: number): History {
  const random = randomOf(seed);
  return { seed, first: firstPeople(random), steps: randomSteps(random, 20 + random.int(60)) };
}

/**
 * Lives through a history, lets everything settle, and answers what is wrong; nothing is right. `watch` is
 * shown the world before anything happens.
 */
export async function live(
  { seed, first, steps }: History,
  watch: (world: World) => void = () => {},
): Promise<string[]> {
  const world = new World(seed);
  watch(world);
  setRules(world, randomOf(seed + 1));
  for (const step of first) doStep(world, step);
  world.advance(5 * minute);
  beginConnection(world);
  const judges = new Judges();
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    if (!step) continue;
    if (step.do === 'two') at += await together(world, judges, step, steps.slice(at + 1, at + 4));
    else await liveOn(world, judges, step);
  }
  for (const each of [...world.orgs].reverse()) {
    turnTo(each);
    const wrong = await wrongAtEnd(each, judges.of(each));
    if (wrong.length > 0) return wrong;
  }
  return [];
}

async function liveOn(first: World, judges: Judges, step: Exclude<Step, { do: 'two' }>): Promise<void> {
  const world = connected(first);
  const judged = judges.of(world);
  if (isWork(step)) judged.problems.push(...(await oneJob(world, step)));
  else if (step.do === 'sync_now') await syncNow(world, step.who);
  else judges.edited(doStep(world, step));
}

/** What is wrong once everything is calm with the org that is connected now. */
async function wrongAtEnd(world: World, judged: Judge): Promise<string[]> {
  const calm = await calmDown(world);
  if (calm) return [...judged.problems, calm];
  const problems = [...judged.problems, ...unsettled(world), ...unlogged(world, judged.lost)];
  problems.push(...unaccountedFor(world), ...notForgotten(world));
  return problems.length > 0 ? problems : await stirredAgain(world);
}

/** One for each org, from the moment at which it is connected first. */
class Judges {
  readonly #judges = new Map<World, Judge>();

  of(world: World): Judge {
    const known = this.#judges.get(world) ?? judge(world);
    this.#judges.set(world, known);
    return known;
  }

  edited(edits: readonly Edit[]): void {
    for (const [{ org }, judged] of this.#judges) {
      judged.edited(edits.filter(({ orgId }) => orgId === null || orgId === org.orgId));
    }
  }
}

/** One job with nobody beside it. 7: after that of the inbox nothing waits for a connection that has ended. */
async function oneJob(world: World, step: Extract<Step, { do: Work }>): Promise<string[]> {
  const isDone = await doJob(world, step.do, step.dies);
  if (!isDone || step.do !== 'work' || !world.away.has('salesforce')) return [];
  return world.db.triggers
    .all()
    .map((row) => `7: ${row.contactId} ${row.recordId} waits after disconnecting`);
}

function isWork(step: Step): step is Extract<Step, { do: Work }> {
  return step.do === 'poll' || step.do === 'work' || step.do === 'resync';
}

export function setRules(world: World, random: Random): void {
  world.db.mappings = world.db.mappings.map((mapping) => {
    const isFree = freeProperties.includes(mapping.hubspotProperty);
    return isFree ? { ...mapping, rule: random.pick(rules) } : mapping;
  });
  world.db.changeSetting('inclusionListId', random.chance(0.8) ? (world.listIds[0] ?? null) : null);
  if (random.chance(0.5)) world.bulkFrom = 1 + random.int(2);
  world.scans = random.chance(0.5);
  if (random.chance(0.5)) world.atOnce = world.account.pageSize = 1 + random.int(3);
  setChanges(world, random);
}

/** Half of the polls find many changes soon. */
export function setChanges(world: World, random: Random): void {
  if (random.chance(0.5)) return;
  world.org.changesAPage = 1 + random.int(2);
  world.manyChanges = 1 + random.int(3);
}

/** Two workers at once, and people who go on living meanwhile. Answers how many steps that took. */
async function together(
  first: World,
  judges: Judges,
  step: Extract<Step, { do: 'two' }>,
  after: readonly Step[],
): Promise<number> {
  const end = after.findIndex((each) => isWork(each) || each.do === 'two' || each.do === 'sync_now');
  const meanwhile = end < 0 ? after : after.slice(0, end);
  const world = connected(first);
  judges.of(world);
  const { worker } = world.worker();
  const people = async () => {
    for (const each of meanwhile) {
      for (let turns = world.random.int(60); turns >= 0; turns -= 1) await worker.pass('life');
      judges.edited(doStep(connected(first), each));
    }
  };
  if (meanwhile.some((each) => each.do === 'swap')) {
    // Who began with the former org goes on beside who begins with the next one.
    const next = async () => {
      await people();
      judges.of(connected(first));
      await doJob(connected(first), step.second, null);
    };
    await Promise.all([doJob(world, step.first, step.dies), next()]);
  } else {
    await Promise.all([doJob(world, step.first, step.dies), doJob(world, step.second, null), people()]);
  }
  return meanwhile.length;
}

async function syncNow(world: World, who: number): Promise<void> {
  if (world.away.has('salesforce')) return;
  const contacts = [...world.account.contacts.keys()];
  const contactId = contacts[who % Math.max(contacts.length, 1)];
  if (contactId === undefined) return;
  const at = world.clock.now();
  const cause = { kind: 'sync_now', side: 'person', at: at.toISOString(), source: 'person' } as const;
  const row = { contactId, recordId: null, object: null, causes: [cause] };
  await world.worker().store.transaction((tx) => tx.addTriggers([row], at));
}

/** Edits stop, faults end, every linked member is resynced, and all that waits has its turn. */
export async function calmDown(world: World): Promise<string | null> {
  world.faults.clear();
  for (const listId of world.listIds) world.setListState(listId, 'active');
  world.db.changeSetting('paused', false);
  world.org.schema.giveBackAll();
  connect(world);
  world.automations.rest();
  world.advance(21 * minute);
  // Before all links were read nobody writes.
  if (isUnchecked(world) && !(await untilDone(world, 'poll', () => true))) return `7: ${waiting(world)}`;
  await endRuns(world);
  await untilDone(world, 'resync', () => activeRun(world) === undefined);
  for (let round = 0; round < 2; round += 1) {
    world.advance(day + minute);
    const polled = await untilDone(world, 'poll', () => true);
    const worked = await untilDone(world, 'work', () => nothingIsDue(world));
    if (!polled || !worked) return `7: ${waiting(world)}`;
  }
  const { alteredOurs } = world.automations;
  const resynced = await untilDone(world, 'resync', () => activeRun(world) === undefined);
  const worked = await untilDone(world, 'work', () => nothingIsDue(world));
  const read = world.automations.alteredOurs === alteredOurs || (await readOnceMore(world));
  return resynced && worked && read ? null : `7: ${waiting(world)}`;
}

/**
 * 5: "In Salesforce a different value at the next read is its shadow if the integration user is the last modifier, else a
 * change": what a flow has made of a record while the last resync changed it shows at that read, and not before.
 */
async function readOnceMore(world: World): Promise<boolean> {
  world.advance(21 * minute);
  const polled = await untilDone(world, 'poll', () => true);
  return polled && (await untilDone(world, 'work', () => nothingIsDue(world)));
}

/** Whatever a person has asked for and has stopped comes to its end. */
async function endRuns(world: World): Promise<void> {
  for (let runs = 0; runs < mostRounds; runs += 1) {
    resumeRun(world);
    if (!activeRun(world)) return;
    await untilDone(world, 'resync', () => activeRun(world) === undefined);
  }
}

/** Repeats a job until it is done and the rest is as it should be; false if it never is. */
async function untilDone(world: World, work: Work, isDone: () => boolean): Promise<boolean> {
  for (let round = 0; round < mostRounds; round += 1) {
    const done = await doJob(world, work, null);
    if (done && isDone()) return true;
    world.advance(65_000);
  }
  return false;
}

/** Only what failed, and is tried again later, may be left. */
function nothingIsDue({ db, clock }: World): boolean {
  return db.triggers.where(({ dueAt, causes }) => dueAt <= clock.now() || !causes.some(isRetry)).length === 0;
}
const isRetry = ({ kind }: { kind: string }) => kind === 'retry';

function waiting({ db }: World): string {
  const rows = db.triggers.all().map(({ contactId, recordId, waitsFor, causes }) => {
    const kinds = causes.map(({ kind, side }) => `${side} ${kind}`);
    return `${contactId} ${recordId} waits for ${waitsFor} (${kinds})`;
  });
  const runs = db.runs.where(({ status }) => status !== 'DONE' && status !== 'FAILED');
  return `no end: ${rows.join('; ')} ${runs.map(({ kind, status, reason }) => `${kind} ${status} ${reason}`)}`;
}

/** 2: another poll, resync and look into the inbox write nothing in either system. */
export async function stirredAgain(world: World): Promise<string[]> {
  const before = world.trace.length;
  world.advance(21 * minute);
  await untilDone(world, 'poll', () => true);
  await untilDone(world, 'resync', () => activeRun(world) === undefined);
  return world.trace.slice(before).flatMap((event) => {
    if (event.kind !== 'write') return [];
    return [`2: ${event.side} ${event.id} was written again: ${JSON.stringify([event.before, event.after])}`];
  });
}
