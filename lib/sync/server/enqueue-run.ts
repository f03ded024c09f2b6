import type { Db } from '#lib/core/db.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import type { RunRef } from '../store.ts';

/** Asks for work on a run in the caller's transaction; at once, if no time is given. One job at a time for each run. */
export function enqueueRun(tx: Db, { id, kind }: Pick<RunRef, 'id' | 'kind'>, runAt?: Date): Promise<void> {
  const job = kind === 'IMPORT' ? 'imports.run' : 'sync.resync';
  return enqueue(tx, job, { runId: id }, { jobKey: `run:${id}`, ...(runAt ? { runAt } : {}) });
}
