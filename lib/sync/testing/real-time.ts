import { vi } from 'vitest';
import { db } from '#lib/core/db.ts';
import { workerIdOf } from '#lib/jobs/server/index.ts';
import type { Simulators } from '#lib/testing/simulators.ts';
import { activeRunStatuses } from '../schemas.ts';

/** How long workers may take for what is asked of them. */
const mostMs = 120_000;
const lookAgain = { timeout: mostMs, interval: 40 };

/** Time passes everywhere, also for jobs that wait for a time. */
export async function advance(simulators: Simulators, ms: number): Promise<void> {
  await simulators.clock(ms);
  await db().$transaction([
    db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + ${ms}::bigint`,
    db().$executeRaw`
      UPDATE graphile_worker._private_jobs SET run_at = run_at - ${ms}::bigint * interval '1 millisecond'
      WHERE locked_at IS NULL`,
  ]);
}

/**
 * Waits until the workers have nothing to do, and lets time pass to whatever waits for it, until all that is left is
 * what failed and is tried again.
 */
export async function untilCalm(simulators: Simulators, workspaceId: string): Promise<void> {
  const endAt = Date.now() + mostMs;
  for (;;) {
    await untilIdle();
    const runs = await db().run.count({ where: { workspaceId, status: { in: activeRunStatuses } } });
    const open = await db().trigger.findMany({ where: { workspaceId }, select: { causes: true } });
    const waiting = open.filter(({ causes }) => !JSON.stringify(causes).includes('"retry"'));
    if (runs === 0 && waiting.length === 0 && !(await isPollPutOff())) return;
    if (Date.now() > endAt) throw new Error(`It never ends: ${JSON.stringify({ runs, waiting })}`);
    await advance(simulators, await msToNext(workspaceId));
  }
}

/** Waits until the CRMs have had so many more requests, or the workers have nothing to do. */
export async function untilAsked(simulators: Simulators, requests: number): Promise<void> {
  const enough = (await asked(simulators)) + requests;
  await vi.waitFor(async () => {
    if ((await asked(simulators)) < enough && (await isBusy())) throw new Error('Nothing has come of it.');
  }, lookAgain);
}

/** As if this process had been silent for long: another one may take over at once what it held. */
export async function silentForLong(pid: number): Promise<void> {
  const dead = await db().worker.findMany({ where: { pid }, select: { id: true } });
  await db().$executeRaw`UPDATE "Worker" SET "seenAt" = now() - interval '1 hour' WHERE pid = ${pid}::int`;
  const locks = await db().$queryRaw<{ name: string }[]>`
    SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs WHERE locked_by IS NOT NULL`;
  const own = locks.flatMap(({ name }) => (dead.some(({ id }) => id === workerIdOf(name)) ? [name] : []));
  await db().$executeRaw`
    UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour' WHERE locked_by = ANY(${own})`;
}

async function asked({ hubspot, salesforce }: Simulators): Promise<number> {
  const [h, s] = await Promise.all([hubspot.requests(), salesforce.requests()]);
  return h.total + s.total;
}

/** Waits until the workers have nothing to do now. */
export async function untilIdle(): Promise<void> {
  await vi.waitFor(async () => {
    if (await isBusy()) throw new Error('The workers have not come to an end.');
  }, lookAgain);
}

/** A job is under way, or could be. */
async function isBusy(): Promise<boolean> {
  const [jobs] = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM graphile_worker.jobs
    WHERE attempts < max_attempts AND (locked_at IS NOT NULL OR run_at <= now())`;
  return (jobs?.n ?? 0) > 0;
}

/** A poll that found both sides busy or failed comes again soon; the one after a whole poll only a day later. */
async function isPollPutOff(): Promise<boolean> {
  const [polls] = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM graphile_worker.jobs
    WHERE task_identifier = 'sync.poll' AND attempts < max_attempts AND run_at < now() + interval '12 hours'`;
  return (polls?.n ?? 0) > 0;
}

/** Until the first of what waits for a time; at least a second, so that a second after the other passes. */
async function msToNext(workspaceId: string): Promise<number> {
  const [next] = await db().$queryRaw<{ ms: number }[]>`
    SELECT greatest(1000, 1 + ceil(1000 * extract(epoch FROM least(
      (SELECT min(run_at) - now() FROM graphile_worker.jobs WHERE locked_at IS NULL),
      (SELECT min("dueAt") - app_now() FROM "Trigger" WHERE "workspaceId" = ${workspaceId}::uuid)
    ))))::int AS ms`;
  return next?.ms ?? 1_000;
}
