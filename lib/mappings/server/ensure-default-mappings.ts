import { now } from '#lib/core/clock.ts';
import type { Db } from '#lib/core/db.ts';
import { countDefaultMappings, createDefaultMappings, lockWorkspace } from './repository.ts';

/**
 * Gives a workspace the default mappings if it has none yet: at Salesforce's first connection. They can't
 * be deleted, so a workspace that has any has them all.
 */
export async function ensureDefaultMappings(tx: Db, workspaceId: string): Promise<void> {
  if ((await countDefaultMappings(tx, workspaceId)) > 0) return;
  await lockWorkspace(tx, workspaceId);
  if ((await countDefaultMappings(tx, workspaceId)) > 0) return;
  await createDefaultMappings(tx, workspaceId, await now(tx));
}
