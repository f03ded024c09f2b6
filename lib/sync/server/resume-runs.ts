import { db, inTransaction } from '#lib/core/db.ts';
import { enqueueRun } from './enqueue-run.ts';
import { findRunsWithoutJob } from './repository.ts';

/** Gives every active run that lost its job a new one, such as after many crashes in a row. */
export async function resumeRuns(): Promise<void> {
  for (const run of await findRunsWithoutJob(db())) await inTransaction((tx) => enqueueRun(tx, run));
}
