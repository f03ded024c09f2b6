import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { findUser, findWorkspace } from './repository.ts';

/** The HubSpot account that the person works in, and the language that they chose in whichever browser. */
export async function getAccount(
  actor: Actor,
): Promise<{ name: string; hubId: string; timeZone: string; connectedAt: string; locale: string | null }> {
  const [{ name, hubId, timeZone, createdAt }, user] = await Promise.all([
    findWorkspace(db(), actor.workspaceId),
    findUser(db(), actor.userId),
  ]);
  return { name, hubId, timeZone, connectedAt: createdAt.toISOString(), locale: user?.locale ?? null };
}
