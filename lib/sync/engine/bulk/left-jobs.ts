import { fail, ok, type Result } from '#lib/core/result.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import type { Session } from '../session.ts';
import { hasEnded } from './bulk-job.ts';

const askAgainMs = 30_000;

/** What is known of a job that somebody left: it may still save rows, it has ended, or nobody knows it. */
export type LeftJob = 'working' | 'ended' | 'unknown';

/**
 * How the jobs stand that carry creations or updates whose end nobody stored. One that is still open is aborted: whoever
 * opened it is gone, and what it was to carry is planned anew.
 */
export async function askLeftJobs(
  session: Session,
  jobIds: readonly string[],
): Promise<Result<Map<string, LeftJob>, Trouble>> {
  const { salesforce, troubles } = session;
  const jobs = new Map<string, LeftJob>();
  for (const jobId of jobIds) {
    let job = await salesforce.bulkJob(jobId);
    if (job.ok && job.value.state === 'open') {
      await salesforce.abortBulkJob(jobId);
      // Its rows may just have come in: what counts is how it stands now.
      job = await salesforce.bulkJob(jobId);
    }
    if (job.ok) jobs.set(jobId, hasEnded(job.value) ? 'ended' : 'working');
    else if (job.failure.kind === 'notFound') jobs.set(jobId, 'unknown');
    else return fail(troubleOf('salesforce', job.failure, troubles));
  }
  return ok(jobs);
}

/** How long a job's records may still appear at least; its end is known to the second. */
export function leftJobWaitMs(job: LeftJob): number {
  return job === 'working' ? askAgainMs : 0;
}
