import { hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { findWorkspace, storeContactCount } from './repository.ts';

const freshForMs = 30_000;

/** How many contacts HubSpot holds; the last known number, marked stale, while HubSpot does not answer. */
export async function countContacts(workspaceId: string): Promise<{ count: number | null; stale: boolean }> {
  const workspace = await findWorkspace(db(), workspaceId);
  const at = await now();
  const age = workspace.contactCountAt ? at.getTime() - workspace.contactCountAt.getTime() : Infinity;
  if (age < freshForMs) return { count: workspace.contactCount, stale: false };
  const hubspot = await hubspotFor(workspaceId);
  const counted = hubspot.ok ? await hubspot.value.countContacts() : hubspot;
  if (!counted.ok) return { count: workspace.contactCount, stale: true };
  await storeContactCount(db(), workspaceId, counted.value, at);
  return { count: counted.value, stale: false };
}
