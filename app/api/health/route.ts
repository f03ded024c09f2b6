import { db } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { logBug } from '#lib/core/log.ts';
import { isAnyWorkerAlive } from '#lib/jobs/server/index.ts';

/** 200 while web, database and worker are well; else 503 with the part that is not. */
export async function GET(): Promise<Response> {
  const failing = await failingPart();
  const body = failing ? { status: 'failing', part: failing } : { status: 'ok' };
  return Response.json(body, { status: failing ? 503 : 200, headers: { 'cache-control': 'no-store' } });
}

async function failingPart(): Promise<'database' | 'worker' | null> {
  try {
    return (await isAnyWorkerAlive(db(), env().WORKER_DEAD_SECONDS)) ? null : 'worker';
  } catch (error) {
    logBug(error, { part: 'database' });
    return 'database';
  }
}
