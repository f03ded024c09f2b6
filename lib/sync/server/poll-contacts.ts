import { inTransaction } from '#lib/core/db.ts';
import { log } from '#lib/core/log.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { pollContacts } from '../collect/poll-hubspot.ts';
import { openClaims } from './claims.ts';
import { connectedScope, openCollecting } from './poll.ts';
import { enqueueInbox } from './run-inbox.ts';

/**
 * The job that a webhook asks for: reads the contacts it named. If HubSpot does not answer, the next poll finds
 * them.
 */
export async function runPollContacts(
  { workspaceId, contactIds }: { workspaceId: string; contactIds: string[] },
  context: JobContext,
): Promise<void> {
  const scope = await connectedScope(workspaceId);
  if (!scope) return;
  const claims = openClaims(scope.orgId, context.workerId);
  try {
    const deps = await openCollecting(scope, claims.lost, () => false);
    const end = deps && (await pollContacts(deps, contactIds));
    if (end?.ok && end.value.found > 0) await inTransaction((tx) => enqueueInbox(tx, scope));
    if (end && !end.ok) {
      log.warn({ workspaceId, failure: end.failure.failure.kind }, 'contacts of a webhook were not read');
    }
  } finally {
    await claims.end();
  }
}
