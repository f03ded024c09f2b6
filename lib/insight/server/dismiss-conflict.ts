import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { storeDismissal } from './why-repository.ts';

/** Takes a conflict from above *Why* into the history, for everybody of the workspace. Fails with `not_found`. */
export async function dismissConflict(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { id: contactId, conflictId: id }: { id: string; conflictId: string },
): Promise<Result<{ id: string }>> {
  const isKnown = await storeDismissal(db(), { workspaceId, contactId, id, at: await now() });
  return isKnown ? ok({ id }) : fail({ code: 'not_found' });
}
