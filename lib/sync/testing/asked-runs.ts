import { claimKeys } from '../engine/claims.ts';
import { type Command, type PassEnd, recordsToImport, runPass } from '../engine/run-pass.ts';
import { openSession } from '../engine/session.ts';
import { isActive, type RunCursor, type RunReason, startCursor } from '../schemas.ts';
import { depsOf } from './deps-of.ts';
import type { StoredRun } from './memory/database.ts';
import { dropScan } from './memory/scan-store.ts';
import type { WorkerDeps, World } from './world.ts';

// Runs that a person asks for: a resync of the segment, an import from Salesforce. One at a time.

/** The run that was asked for and has not ended. */
export function activeRun({ db }: World): StoredRun | undefined {
  return db.runs.where((run) => isAsked(run) && isActive(run))[0];
}

const isAsked = ({ kind }: StoredRun) => kind === 'RESYNC' || kind === 'IMPORT';

/** A run that a person asks for. */
export function startRun({ db, clock }: World, kind: 'RESYNC' | 'IMPORT'): StoredRun {
  const at = clock.now();
  const run: StoredRun = {
    ...{ id: db.newId(), kind, listId: db.settings().values.inclusionListId, since: at },
    ...{ status: 'QUEUED', createdAt: at, finishedAt: null, reason: null, goesOnAt: at },
    ...{ cursor: startCursor, settingsVersion: db.settings().version },
  };
  db.runs.insert(run);
  return run;
}

/** Imports whoever can be: all, or one of Salesforce's objects; nothing while another run is under way. */
export function startImport(world: World, object: 'Lead' | 'Contact' | null): void {
  const { db, org } = world;
  if (activeRun(world) || world.away.has('salesforce')) return;
  const isLinked = (id: string) => db.links.where((each) => each.recordId === id && !each.endedAt).length > 0;
  const records = org
    .all()
    .filter(({ deletedAt, convertedTo }) => deletedAt === null && convertedTo === null)
    .filter((record) => (object === null || record.object === object) && record.values.Email)
    .filter(({ id }) => !isLinked(id))
    .map(({ id, object: of }) => ({
      recordId: id,
      object: of === 'Lead' ? ('LEAD' as const) : ('CONTACT' as const),
    }))
    .sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
  if (records.length === 0) return;
  db.plans.insert({ runId: startRun(world, 'IMPORT').id, records });
}

/** A person stops the run under way: it ends after the batch at hand. */
export function stopRun(world: World): void {
  const run = activeRun(world);
  if (run)
    world.db.runs.change(run.id, (each) => ({ ...each, status: 'STOPPING', goesOnAt: world.clock.now() }));
}

/** The run that was stopped last goes on where it ended. */
export function resumeRun(world: World): void {
  const stopped = world.db.runs.where((run) => isAsked(run) && run.status === 'STOPPED').at(-1);
  if (!stopped || activeRun(world)) return;
  const again = { status: 'QUEUED', finishedAt: null, reason: null, goesOnAt: world.clock.now() } as const;
  world.db.runs.change(stopped.id, (run) => ({ ...run, ...again }));
}

/** Works on the run under way, once its time has come; starts a resync if there is none. */
export async function workOnRun(world: World, worker: WorkerDeps): Promise<boolean> {
  const run = activeRun(world) ?? (world.away.size > 0 ? null : startRun(world, 'RESYNC'));
  if (!run) return false;
  const { claims } = worker;
  if (run.goesOnAt > world.clock.now()) return false;
  const key = claimKeys.run(run.id);
  if (!(await claims.take([key])).has(key)) return false;
  // It may have ended until the claim was ours.
  const now = world.db.runs.get(run.id);
  const end = now && isActive(now) ? await passOver(world, worker, now) : null;
  await worker.worker.pass('run.conclude');
  if (end) conclude(world, run.id, end);
  await claims.end();
  return end?.kind === 'done' && end.cursor.later === null;
}

async function passOver(world: World, worker: WorkerDeps, run: StoredRun): Promise<PassEnd> {
  const { db } = world;
  if (run.status !== 'STOPPING' && world.away.has('salesforce')) {
    const trouble = { reason: 'salesforce_not_connected', waitMs: null } as const;
    return { kind: 'trouble', trouble, cursor: run.cursor };
  }
  const command = async (): Promise<Command> => {
    await worker.worker.pass('run.status');
    return db.runs.get(run.id)?.status === 'STOPPING' ? 'stop' : 'go';
  };
  if ((await command()) === 'stop') return { kind: 'stopped' };
  db.runs.change(run.id, (each) => ({ ...each, status: 'RUNNING' }));
  const session = await openSession(depsOf(world, worker), run, run.cursor.troubles);
  if (!session.ok) return { kind: 'trouble', trouble: session.failure, cursor: run.cursor };
  if (run.kind === 'IMPORT') world.importers.add(worker.worker.worker);
  if (run.kind === 'RESYNC') return runPass(session.value, run.cursor, command);
  const planned = recordsToImport(async (runId, after, count) => {
    await worker.worker.pass('import.planned');
    const records = db.plans.get(runId)?.records ?? [];
    return records.filter(({ recordId }) => after === null || recordId > after).slice(0, count);
  });
  return runPass(session.value, run.cursor, command, planned);
}

/** What the job does with the end of a pass: the run waits, begins anew for those left, or has ended. */
function conclude(world: World, id: string, end: PassEnd): void {
  const finish = (status: 'DONE' | 'FAILED' | 'STOPPED') => {
    dropScan(world.db, id);
    world.db.runs.change(id, (run) => ({ ...run, status, finishedAt: world.clock.now() }));
  };
  const wait = (cursor: RunCursor, waitMs: number, reason: RunReason | null) => {
    const isStopping = world.db.runs.get(id)?.status === 'STOPPING';
    const goesOnAt = new Date(world.clock.ms() + (isStopping ? 0 : waitMs));
    const status = isStopping ? ('STOPPING' as const) : ('WAITING' as const);
    world.db.runs.change(id, (run) => ({ ...run, status, cursor, goesOnAt, reason }));
  };
  if (end.kind === 'stopped') finish('STOPPED');
  else if (end.kind === 'trouble') {
    const { waitMs, reason } = end.trouble;
    if (waitMs === null) finish('FAILED');
    else wait({ ...end.cursor, troubles: end.cursor.troubles + 1 }, waitMs, reason);
  } else if (end.kind === 'done' && end.cursor.later) {
    const { at, reason } = end.cursor.later;
    const waitMs = Math.max(Date.parse(at) - world.clock.ms(), 1_000);
    wait({ ...startCursor, passes: end.cursor.passes + 1 }, waitMs, reason);
  } else finish('DONE');
}
