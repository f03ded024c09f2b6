import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { findWorkspace } from './repository.ts';

/** The HubSpot account that the person works in, as the account menu shows it. */
export async function getAccount(actor: Actor): Promise<{ name: string; hubId: string; timeZone: string }> {
  const { name, hubId, timeZone } = await findWorkspace(db(), actor.workspaceId);
  return { name, hubId, timeZone };
}
