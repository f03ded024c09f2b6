import { db } from '#lib/core/db.ts';
import { openHubSpot } from './load-list.ts';
import { userNames } from './repository.ts';

/** Names of HubSpot user ids; HubSpot is asked only for those who never logged in here. */
export async function creatorNames(
  workspaceId: string,
  ids: Iterable<string | null>,
): Promise<Map<string, string>> {
  const names = await userNames(db(), workspaceId);
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
