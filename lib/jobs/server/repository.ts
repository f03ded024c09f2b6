import type { Db } from '#lib/core/db.ts';

// Whether a process lives is told by the real clock, as in the queue itself: a test that moves the app's
// clock must not kill its workers.

export async function insertWorker(db: Db, worker: { id: string; host: string; pid: number }): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Worker" (id, host, pid, "startedAt", "seenAt")
    VALUES (${worker.id}::uuid, ${worker.host}, ${worker.pid}::int, now(), now())`;
}

export async function touchWorker(db: Db, id: string): Promise<boolean> {
  return (await db.$executeRaw`UPDATE "Worker" SET "seenAt" = now() WHERE id = ${id}::uuid`) === 1;
}

export async function findWorkersSilentFor(db: Db, seconds: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Worker" WHERE "seenAt" < now() - ${seconds}::int * interval '1 second'`;
  return rows.map(({ id }) => id);
}

export async function deleteWorkers(db: Db, ids: string[]): Promise<void> {
  await db.worker.deleteMany({ where: { id: { in: ids } } });
}

/** Who has held a job for longer than that, and who lives. */
export async function findLockHolders(
  db: Db,
  seconds: number,
): Promise<{ poolNames: string[]; living: string[] }> {
  const locks = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs
    WHERE locked_by IS NOT NULL AND locked_at < now() - ${seconds}::int * interval '1 second'`;
  const workers = await db.worker.findMany({ select: { id: true } });
  return { poolNames: locks.map(({ name }) => name), living: workers.map(({ id }) => id) };
}

export async function unlockJobsOf(db: Db, poolNames: string[]): Promise<void> {
  await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${poolNames}::text[])`;
}

export async function isAnyWorkerAlive(db: Db, withinSeconds: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "Worker" WHERE "seenAt" > now() - ${withinSeconds}::int * interval '1 second'`;
  return (rows[0]?.n ?? 0) > 0;
}
