/** A child process that does what a worker does, so that its memory is that of the sync alone. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { closeDb, db } from '#lib/core/db.ts';
import { type JobPayload, jobs } from '#lib/jobs/jobs.ts';
import { isActive } from '#lib/sync/schemas.ts';
import { runInbox, runPoll, runResync } from '#lib/sync/server/index.ts';
import { bareLoop } from './bare-loop.ts';

export type WorkerTask =
  | { do: 'resync'; runId: string }
  | { do: 'poll'; workspaceId: string }
  | { do: 'inbox'; workspaceId: string; orgId: string }
  | { do: 'bare'; workspaceId: string; listId: string };
/**
 * `records` is how many people were looked at, or what a poll found; of a poll's work `retried` tells who had failed;
 * `turns` how many jobs it took; `processorMs` tells the work, whatever else the machine does.
 */
export type WorkerFigures = Work & { ms: number; processorMs: number; peakMegabytes: number };
type Work = { records: number; retried: number; turns: number };

const context = () => ({
  workerId: randomUUID(),
  signal: new AbortController().signal,
  isLastAttempt: false,
});

/** Job after job, as the queue would start them, until the run has ended. */
async function resync(runId: string): Promise<Work> {
  for (let turns = 1; ; turns += 1) {
    await runResync({ runId }, context());
    const run = await db().run.findUniqueOrThrow({ where: { id: runId } });
    if (run.status === 'FAILED') throw new Error(`The run failed: ${run.reason}`);
    if (!isActive(run)) return { records: run.processed, retried: 0, turns };
    await sleep(200);
  }
}

/** A poll, which only collects: turn after turn, until the next one is due only later. */
async function poll(workspaceId: string): Promise<Work> {
  const where = { workspaceId };
  const key = `poll:${workspaceId}`;
  const before = await db().trigger.count({ where });
  let turns = 0;
  let payload: JobPayload<'sync.poll'> | null = { workspaceId };
  for (; payload; payload = await duePoll(key)) {
    // As the queue does when it takes a job. Its time is the real one, whatever the app's clock says.
    await db().$executeRaw`SELECT graphile_worker.remove_job(${key})`;
    await runPoll(payload, context());
    turns += 1;
  }
  return { records: (await db().trigger.count({ where })) - before, retried: 0, turns };
}

/** What the next turn is to do; null if none is due. */
async function duePoll(key: string): Promise<JobPayload<'sync.poll'> | null> {
  const [row] = await db().$queryRaw<{ payload: unknown }[]>`
    SELECT payload FROM graphile_worker._private_jobs WHERE key = ${key} AND run_at <= now()`;
  return row ? jobs['sync.poll'].parse(row.payload) : null;
}

/** The inbox until nothing is due. */
async function inbox(workspaceId: string, orgId: string): Promise<Work> {
  const dueNow = () => db().$queryRaw<{ due: bigint }[]>`
    SELECT count(*) AS due FROM "Trigger" WHERE "workspaceId" = ${workspaceId}::uuid AND "dueAt" <= app_now()`;
  const done = async (kinds: ('POLL' | 'RETRY')[]) =>
    db().outcome.count({ where: { run: { workspaceId, kind: { in: kinds } } } });
  const before = { all: await done(['POLL', 'RETRY']), retried: await done(['RETRY']) };
  let turns = 0;
  for (; Number((await dueNow())[0]?.due ?? 0) > 0; turns += 1) {
    await runInbox({ workspaceId, orgId, troubles: 0 }, context());
  }
  const records = (await done(['POLL', 'RETRY'])) - before.all;
  return { records, retried: (await done(['RETRY'])) - before.retried, turns };
}

async function bare(workspaceId: string, listId: string): Promise<Work> {
  const hubspot = await hubspotFor(workspaceId);
  const salesforce = await salesforceFor(workspaceId);
  if (!hubspot.ok || !salesforce.ok) throw new Error('The bench is not connected.');
  return {
    records: await bareLoop({ hubspot: hubspot.value, salesforce: salesforce.value }, listId),
    retried: 0,
    turns: 1,
  };
}

function work(task: WorkerTask): Promise<Work> {
  switch (task.do) {
    case 'resync':
      return resync(task.runId);
    case 'poll':
      return poll(task.workspaceId);
    case 'inbox':
      return inbox(task.workspaceId, task.orgId);
    case 'bare':
      return bare(task.workspaceId, task.listId);
  }
}

const task: WorkerTask = JSON.parse(process.argv[2] ?? '{}');
// The first call of a process opens its connections; that is no work of the sync.
await db().workspace.count();
const began = performance.now();
const usedBefore = process.cpuUsage();
const done = await work(task);
const ms = performance.now() - began;
const used = process.cpuUsage(usedBefore);
const processorMs = (used.user + used.system) / 1_000;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const figures: WorkerFigures = { ms, processorMs, ...done, peakMegabytes };
await closeDb();
process.send?.(figures, () => process.exit(0));
