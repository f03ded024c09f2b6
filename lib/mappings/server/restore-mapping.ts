import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { clashOf } from '../pair.ts';
import type { MappingsView } from '../schemas.ts';
import { getMappings, undoMs } from './get-mappings.ts';
import { findMappings, lastChange, lockWorkspace } from './repository.ts';
import { takenBy } from './taken-by.ts';
import { writeMapping } from './write-mapping.ts';

/**
 * Puts a deleted mapping back, as a new version. What both sides had agreed on by it is not known any more.
 * Fails with `not_found`, `nothing_to_undo` (it is there), `mapping_undo_too_late` or `mapping_taken`.
 */
export async function restoreMapping(actor: Actor, id: string): Promise<Result<MappingsView>> {
  const { workspaceId } = actor;
  const restored = await inTransaction<Result<null>>(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const change = await lastChange(tx, workspaceId, id);
    if (!change) return fail({ code: 'not_found' });
    const after = change.oldValue;
    if (!after || change.newValue) return fail({ code: 'nothing_to_undo' });
    const at = await now(tx);
    if (at.getTime() >= change.changedAt.getTime() + undoMs) return fail({ code: 'mapping_undo_too_late' });
    const clash = clashOf(after, await findMappings(tx, workspaceId));
    if (clash) return fail(takenBy(clash));
    await writeMapping(tx, actor, { before: null, after }, at, 'mapping.restored');
    return ok(null);
  });
  return restored.ok ? getMappings(actor) : restored;
}
