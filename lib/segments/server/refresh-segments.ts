import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { endCopy, touchCopy } from './copy-repository.ts';
import { listSegments, markDeleted, storeLists } from './repository.ts';

/**
 * Copies what HubSpot says of every list of the account, page by page, so that the copy fills while this
 * goes on. A list that is no longer among them is asked for by its id before it counts as deleted. Fails as
 * the connection or HubSpot does; the copy then stays.
 */
export async function refreshSegments(workspaceId: string): Promise<Result<{ seenAt: Date }>> {
  const beganAt = await now();
  await touchCopy(db(), workspaceId, beganAt);
  const copied = await copyAll(workspaceId, beganAt);
  const end = copied.ok
    ? { failure: null, userNames: copied.value }
    : { failure: copied.failure, userNames: new Map<string, string>() };
  await endCopy(db(), workspaceId, { beganAt, at: await now(), ...end });
  return copied.ok ? ok({ seenAt: beganAt }) : copied;
}

/** The job: how it ended stands in the copy, and whoever opens a list of segments next asks again. */
export async function runRefresh({ workspaceId }: { workspaceId: string }): Promise<void> {
  await refreshSegments(workspaceId);
}

/** Answers the names of HubSpot's users, as far as HubSpot tells them. */
async function copyAll(workspaceId: string, seenAt: Date): Promise<Result<Map<string, string>>> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const seen = new Set<string>();
  for await (const page of hubspot.value.lists()) {
    if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
    for (const list of page.value) seen.add(list.listId);
    await storeLists(db(), workspaceId, page.value, seenAt);
    await touchCopy(db(), workspaceId, await now());
  }
  const checked = await checkMissing(hubspot.value, workspaceId, seen, seenAt);
  return checked.ok ? ok(await namesOf(hubspot.value)) : checked;
}

/** Who made a list is a nicety: without HubSpot's answer the names stay as they are. */
async function namesOf(hubspot: HubSpotPort): Promise<Map<string, string>> {
  const owners = await hubspot.owners();
  const known = owners.ok ? owners.value : [];
  return new Map(known.flatMap(({ userId, name }) => (userId === null ? [] : [[userId, name]])));
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
