import { db } from '#lib/core/db.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { checkNow, recordsToImport, workOnRun } from '#lib/sync/server/index.ts';
import { findImportOfRun, findRecordsToImport, findRun } from './repository.ts';

/** The people of the plan that belongs to a run, group by group. */
const planned = recordsToImport(async (runId, after, count) => {
  const importId = await findImportOfRun(db(), runId);
  return importId ? findRecordsToImport(db(), importId, after, count) : [];
});

/**
 * The job of an import's run, as that of any run. New contacts whom HubSpot takes into the list are synced as
 * joiners: the next poll comes at once.
 */
export async function runImport(payload: { runId: string }, context: JobContext): Promise<void> {
  await workOnRun(payload, context, planned);
  const run = await findRun(db(), payload.runId);
  if (run?.status === 'DONE') await checkNow(run);
}
