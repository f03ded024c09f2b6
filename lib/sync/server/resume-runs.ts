import { db, inTransaction } from '#lib/core/db.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { findRunsWithoutJob } from './repository.ts';
import { jobKeyOf } from './run-resync.ts';

/** Gives every active run that lost its job a new one, such as after many crashes in a row. */
export async function resumeRuns(): Promise<void> {
  for (const runId of await findRunsWithoutJob(db())) {
    await inTransaction((tx) => enqueue(tx, 'sync.resync', { runId }, { jobKey: jobKeyOf(runId) }));
  }
}
