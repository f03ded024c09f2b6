import { collect } from '../collect/collect.ts';
import { claimKeys } from '../engine/claims.ts';
import { type PassEnd, runPass } from '../engine/run-pass.ts';
import { type Deps, openSession } from '../engine/session.ts';
import { workInbox } from '../engine/work-inbox.ts';
import { activeRunStatuses, type RunCursor, type RunReason, startCursor } from '../schemas.ts';
import { Dead } from './memory/passage.ts';
import type { Work } from './steps.ts';
import type { WorkerDeps, World } from './world.ts';

/** How many groups one job takes from the inbox. */
const groupsAJob = 10;

function depsOf(world: World, worker: WorkerDeps): Deps {
  const { store, hubspot, salesforce, collectStore, claims } = worker;
  return {
    ...{ store, hubspot, salesforce, claims },
    newId: () => world.db.newId(),
    bulk: worker.bulk,
    isHeld: async () => (await collectStore.openHold(world.db.scope)) !== null,
    ensureProperties: async (_mappings, { properties }) => properties,
  };
}

/** One job by a process of its own; with `dies` it is its last one. Answers whether it did all it could. */
export async function doJob(world: World, work: Work, dies: number | null): Promise<boolean> {
  const worker = world.worker(dies ?? undefined);
  const job = { poll, work: workOnInbox, resync: workOnResync }[work];
  try {
    return await job(world, worker);
  } catch (error) {
    if (error instanceof Dead) return false;
    throw error;
  }
}

async function poll(world: World, worker: WorkerDeps): Promise<boolean> {
  const { hubspot, salesforce, collectStore, claims } = worker;
  const key = `poll:${world.db.scope.workspaceId}`;
  if (!(await claims.take([key])).has(key)) return false;
  const ports = { scope: world.db.scope, store: collectStore, hubspot, salesforce };
  const end = await collect({ ...ports, now: async () => world.clock.now() });
  await claims.end();
  return end.troubles.length === 0 && !end.left;
}

async function workOnInbox(world: World, worker: WorkerDeps): Promise<boolean> {
  const { claims } = worker;
  const key = claimKeys.inbox(world.db.scope.workspaceId);
  if (!(await claims.take([key])).has(key)) return false;
  const deps = depsOf(world, worker);
  for (let group = 0; group < groupsAJob; group += 1) {
    const end = await workInbox(deps, { troubles: 0, keep: [key], shouldStop: async () => false });
    if (end.kind === 'more') continue;
    await claims.end();
    return end.kind === 'empty';
  }
  await claims.end();
  return false;
}

/** Works on the resync under way, once its time has come; starts one if there is none. */
async function workOnResync(world: World, worker: WorkerDeps): Promise<boolean> {
  const run = activeResync(world) ?? startResync(world);
  if (run.goesOnAt > world.clock.now()) return false;
  const { claims } = worker;
  const key = claimKeys.run(run.id);
  if (!(await claims.take([key])).has(key)) return false;
  const deps = depsOf(world, worker);
  const session = await openSession(deps, run, run.cursor.troubles);
  const end: PassEnd = session.ok
    ? await runPass(session.value, run.cursor, async () => 'go')
    : { kind: 'trouble', trouble: session.failure, cursor: run.cursor };
  await worker.worker.pass('resync.conclude');
  concludeResync(world, run.id, end);
  await claims.end();
  return end.kind === 'done' && end.cursor.later === null;
}

export function activeResync({ db }: World) {
  return db.runs.where(
    ({ kind, status }) => kind === 'RESYNC' && activeRunStatuses.some((active) => active === status),
  )[0];
}

function startResync({ db, clock }: World) {
  const at = clock.now();
  const run = {
    ...{ id: db.newId(), kind: 'RESYNC' as const, listId: db.settings().values.inclusionListId, since: at },
    ...{ status: 'RUNNING' as const, createdAt: at, finishedAt: null, reason: null, goesOnAt: at },
    ...{ cursor: startCursor, settingsVersion: db.settings().version },
  };
  db.runs.insert(run);
  return run;
}

/** What the job does with the end of a pass: the run waits, begins anew for those left, or has ended. */
function concludeResync(world: World, id: string, end: PassEnd): void {
  const finish = (status: 'DONE' | 'FAILED') =>
    world.db.runs.change(id, (run) => ({ ...run, status, finishedAt: world.clock.now() }));
  const wait = (cursor: RunCursor, waitMs: number, reason: RunReason | null) => {
    const goesOnAt = new Date(world.clock.ms() + waitMs);
    world.db.runs.change(id, (run) => ({ ...run, status: 'WAITING', cursor, goesOnAt, reason }));
  };
  if (end.kind === 'trouble') {
    const { waitMs, reason } = end.trouble;
    if (waitMs === null) finish('FAILED');
    else wait({ ...end.cursor, troubles: end.cursor.troubles + 1 }, waitMs, reason);
  } else if (end.kind === 'done' && end.cursor.later) {
    const { at, reason } = end.cursor.later;
    const waitMs = Math.max(Date.parse(at) - world.clock.ms(), 1_000);
    wait({ ...startCursor, passes: end.cursor.passes + 1 }, waitMs, reason);
  } else finish('DONE');
}
