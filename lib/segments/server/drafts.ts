import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { readBranch } from '../filter/model.ts';
import type { Draft, SaveDraft } from '../schemas.ts';
import * as repository from './repository.ts';

/** The person's own draft of a segment ('' for a new one), or null. */
export async function getDraft(actor: Actor, listId: string): Promise<Result<Draft | null>> {
  const row = await repository.findDraft(db(), actor.workspaceId, actor.userId, listId);
  const filterBranch = row && readBranch(row.filterBranch);
  if (!row || !filterBranch) return ok(null);
  return ok({ listId, name: row.name, filterBranch, savedAt: row.savedAt.toISOString() });
}

/** Keeps an unsaved edit; the last one wins. */
export async function saveDraft(actor: Actor, draft: SaveDraft): Promise<Result<{ savedAt: string }>> {
  const { listId, name, filterBranch } = draft;
  const savedAt = await now();
  const key = { workspaceId: actor.workspaceId, userId: actor.userId, listId };
  await repository.storeDraft(db(), key, { name, filterBranch, savedAt });
  return ok({ savedAt: savedAt.toISOString() });
}

export async function discardDraft(actor: Actor, listId: string): Promise<Result<null>> {
  await repository.deleteDraft(db(), actor.workspaceId, actor.userId, listId);
  return ok(null);
}
