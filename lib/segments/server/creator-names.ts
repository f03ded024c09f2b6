import { z } from 'zod';
import { db } from '#lib/core/db.ts';
import { findCopy } from './copy-repository.ts';
import { openHubSpot } from './load-list.ts';
import { userNames } from './repository.ts';

const namesSchema = z.record(z.string(), z.string());

/** Names of HubSpot user ids, as far as they are stored: of who logged in here, and of the last copy. */
export async function storedNames(workspaceId: string): Promise<Map<string, string>> {
  const [own, copy] = await Promise.all([userNames(db(), workspaceId), findCopy(db(), workspaceId)]);
  const copied = namesSchema.safeParse(copy?.userNames);
  return new Map([...Object.entries(copied.data ?? {}), ...own]);
}

/** Names of HubSpot user ids; HubSpot is asked only for those who are not stored. */
export async function creatorNames(
  workspaceId: string,
  ids: Iterable<string | null>,
): Promise<Map<string, string>> {
  const names = await storedNames(workspaceId);
  const unknown = [...ids].some((id) => id !== null && !names.has(id));
  if (!unknown) return names;
  const hubspot = await openHubSpot(workspaceId);
  const owners = hubspot.ok ? await hubspot.value.owners() : hubspot;
  // A name is a nicety: without HubSpot's answer the column stays empty.
  if (!owners.ok) return names;
  for (const owner of owners.value) {
    if (owner.userId !== null && !names.has(owner.userId)) names.set(owner.userId, owner.name);
  }
  return names;
}
