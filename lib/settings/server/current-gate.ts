import type { Db } from '#lib/core/db.ts';
import { type Gate, gateOf, isOpen, waitsUntil } from '../rules.ts';
import { newestChange, newestSettings, settingsAt } from './repository.ts';

/** Who may sync at `now`: the newest inclusion segment, and while a switch waits also the one in force. */
export async function currentGate(db: Db, workspaceId: string, now: Date): Promise<Gate> {
  const newest = await newestSettings(db, workspaceId);
  const change = await newestChange(db, workspaceId);
  if (!change || !isOpen(change, now)) return gateOf(newest.values.inclusionListId, null);
  const inForce = await settingsAt(db, workspaceId, change.baseVersion);
  return gateOf(newest.values.inclusionListId, {
    listId: inForce.values.inclusionListId,
    until: waitsUntil(change, now),
  });
}
