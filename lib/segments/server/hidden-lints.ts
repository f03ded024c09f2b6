import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { hiddenKeys, storeHiddenLint } from './lint-repository.ts';

/** Keys of the findings that nobody wants to see any more, of one segment. */
export async function hiddenLints(
  actor: Pick<Actor, 'workspaceId'>,
  listId: string,
): Promise<Result<{ keys: string[] }>> {
  const keys = await hiddenKeys(db(), actor.workspaceId, listId);
  return ok({ keys });
}

/** Hides one finding of a segment for everybody of the workspace. */
export async function hideLint(
  actor: Pick<Actor, 'workspaceId'>,
  listId: string,
  key: string,
): Promise<Result<{ keys: string[] }>> {
  await storeHiddenLint(db(), { workspaceId: actor.workspaceId, listId, key }, await now());
  return hiddenLints(actor, listId);
}
