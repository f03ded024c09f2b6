import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { isOpen } from '../rules.ts';
import type { SettingsView } from '../schemas.ts';
import { getSettings } from './get-settings.ts';
import * as repository from './repository.ts';
import { takeBack } from './take-back.ts';

/**
 * Takes back a change of the inclusion segment while it waits, with whatever else the same version changed
 * (a restore may). The values before it return as a new version. Fails with `undo_too_late` once the change
 * is in force, `nothing_to_undo` if it was ended before.
 */
export async function undoChange(actor: Actor, changeId: string): Promise<Result<SettingsView>> {
  const { workspaceId } = actor;
  const undone = await inTransaction<Result<null>>(async (tx) => {
    await repository.lockSettings(tx, workspaceId);
    const change = await repository.findChange(tx, workspaceId, changeId);
    if (!change) return fail({ code: 'not_found' });
    const at = await now(tx);
    if (change.endedAt !== null) return fail({ code: 'nothing_to_undo' });
    if (!isOpen(change, at)) return fail({ code: 'undo_too_late' });
    await takeBack(tx, actor, change, at);
    return ok(null);
  });
  return undone.ok ? getSettings(actor) : undone;
}
