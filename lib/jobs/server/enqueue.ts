import type { Db } from '#lib/core/db.ts';
import { type JobName, type JobPayload, jobs } from '../jobs.ts';

const maxAttempts = 10;

/**
 * Adds a job inside the caller's transaction: it exists if and only if the transaction is committed.
 * `runAt` is a time of the app's clock. A waiting job with the same `jobKey` is replaced; one that runs
 * already is left alone, and this one follows it. `keepsTime`: a waiting one keeps its own `runAt`.
 */
export async function enqueue<N extends JobName>(
  tx: Db,
  name: N,
  payload: JobPayload<N>,
  options: { runAt?: Date; jobKey?: string; keepsTime?: boolean } = {},
): Promise<void> {
  const json = JSON.stringify(jobs[name].parse(payload));
  const { runAt = null, jobKey = null, keepsTime = false } = options;
  const mode = keepsTime ? 'preserve_run_at' : 'replace';
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(
      identifier => ${name},
      payload => ${json}::json,
      run_at => now() + coalesce(${runAt}::timestamptz - app_now(), interval '0'),
      max_attempts => ${maxAttempts}::int,
      job_key => ${jobKey}::text,
      job_key_mode => ${mode}::text
    )`;
}
