import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { listSegments, markDeleted, storeLists } from './repository.ts';

/**
 * Copies what HubSpot says of every list of the account. A list that is no longer among them is asked for by
 * its id before it counts as deleted. Fails as the connection or HubSpot does; the copy then stays.
 */
export async function refreshSegments(workspaceId: string): Promise<Result<{ seenAt: Date }>> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const seenAt = await now();
  const seen = new Set<string>();
  for await (const page of hubspot.value.lists()) {
    if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
    for (const list of page.value) seen.add(list.listId);
    await storeLists(db(), workspaceId, page.value, seenAt);
  }
  const checked = await checkMissing(hubspot.value, workspaceId, seen, seenAt);
  return checked.ok ? ok({ seenAt }) : checked;
}

async function checkMissing(
  hubspot: HubSpotPort,
  workspaceId: string,
  seen: ReadonlySet<string>,
  at: Date,
): Promise<Result<void>> {
  const missing = (await listSegments(db(), workspaceId)).filter(
    (row) => !row.deletedAt && !seen.has(row.listId),
  );
  for (const { listId } of missing) {
    const list = await hubspot.list(listId);
    if (list.ok) await storeLists(db(), workspaceId, [list.value], at);
    else if (list.failure.kind === 'notFound') await markDeleted(db(), workspaceId, listId, at);
    else return fail(crmFailureToFailure('HUBSPOT', list.failure));
  }
  return ok(undefined);
}
