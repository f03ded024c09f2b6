import type { Db } from '#lib/core/db.ts';
import { type JobName, type JobPayload, jobs } from '../jobs.ts';

const maxAttempts = 10;

/**
 * Adds a job inside the caller's transaction: it exists if and only if the transaction is committed.
 * `runAt` is a time of the app's clock. A waiting job with the same `jobKey` is replaced; one that runs
 * already is left alone, and this one follows it.
 */
export async function enqueue<N extends JobName>(
  tx: Db,
  name: N,
  payload: JobPayload<N>,
  options: { runAt?: Date; jobKey?: string } = {},
): Promise<void> {
  const json = JSON.stringify(jobs[name].parse(payload));
  const { runAt = null, jobKey = null } = options;
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(
      identifier => ${name},
      payload => ${json}::json,
      run_at => now() + coalesce(${runAt}::timestamptz - app_now(), interval '0'),
      max_attempts => ${maxAttempts}::int,
      job_key => ${jobKey}::text
    )`;
}
