import { runImport, runImportCount } from '#lib/imports/server/index.ts';
import type { JobContext, JobName, JobPayload } from '#lib/jobs/jobs.ts';
import { runRefresh } from '#lib/segments/server/index.ts';
import { runCountSwitch, runInbox, runPoll, runPollContacts, runResync } from '#lib/sync/server/index.ts';

/** What the worker does for each kind of job: one function of one feature. */
export const registry: { [N in JobName]: (payload: JobPayload<N>, context: JobContext) => Promise<void> } = {
  'imports.count': runImportCount,
  'imports.run': runImport,
  'segments.refresh': runRefresh,
  'sync.contacts': runPollContacts,
  'sync.countSwitch': runCountSwitch,
  'sync.inbox': runInbox,
  'sync.poll': runPoll,
  'sync.resync': runResync,
};
