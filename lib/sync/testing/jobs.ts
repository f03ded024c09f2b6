import { collect } from '../collect/collect.ts';
import { claimKeys } from '../engine/claims.ts';
import { closeInbox, workInbox } from '../engine/work-inbox.ts';
import { isActive } from '../schemas.ts';
import { workOnRun } from './asked-runs.ts';
import { collectDepsOf, depsOf } from './deps-of.ts';
import { Dead } from './memory/passage.ts';
import type { Work } from './steps.ts';
import type { WorkerDeps, World } from './world.ts';

/** How many groups one job takes from the inbox. */
const groupsAJob = 10;

/** One job by a process of its own; with `dies` it is its last one. Answers whether it did all it could. */
export async function doJob(world: World, work: Work, dies: number | null): Promise<boolean> {
  const worker = world.worker(dies ?? undefined);
  const job = { poll, work: workOnInbox, resync: workOnRun }[work];
  try {
    return await job(world, worker);
  } catch (error) {
    if (error instanceof Dead) return false;
    throw error;
  }
}

async function poll(world: World, worker: WorkerDeps): Promise<boolean> {
  const { claims } = worker;
  if (world.away.size > 0) return false;
  const key = `poll:${world.db.scope.workspaceId}`;
  if (!(await claims.take([key])).has(key)) return false;
  const end = await collect(collectDepsOf(world, worker));
  await claims.end();
  return end.troubles.length === 0 && !end.left;
}

async function workOnInbox(world: World, worker: WorkerDeps): Promise<boolean> {
  const { claims } = worker;
  const key = claimKeys.inbox(world.db.scope.workspaceId);
  if (!(await claims.take([key])).has(key)) return false;
  freeOrphans(world);
  const deps = depsOf(world, worker);
  if (world.away.size > 0) {
    const isClosed = world.away.has('salesforce') && !world.isElsewhere;
    if (isClosed) await closeInbox(deps);
    await claims.end();
    return isClosed;
  }
  for (let group = 0; group < groupsAJob && !world.isElsewhere; group += 1) {
    const end = await workInbox(deps, { troubles: 0, keep: [key], shouldStop: async () => false });
    if (end.kind === 'more') continue;
    await claims.end();
    return end.kind === 'empty';
  }
  await claims.end();
  return false;
}

/** Rows that a run had taken up which has ended since: nobody else would come for them. */
function freeOrphans({ db }: World): void {
  const isOrphan = ({ runId }: { runId: string | null }) => {
    const run = runId === null ? undefined : db.runs.get(runId);
    return run !== undefined && !isActive(run);
  };
  for (const { id } of db.triggers.where(isOrphan))
    db.triggers.change(id, (row) => ({ ...row, runId: null }));
}
