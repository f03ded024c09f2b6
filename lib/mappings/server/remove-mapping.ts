import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { MappingsView } from '../schemas.ts';
import { conflictOf } from './change-mapping.ts';
import { getMappings } from './get-mappings.ts';
import { findMappings, lockWorkspace, toStored } from './repository.ts';
import { writeMapping } from './write-mapping.ts';

/**
 * Deletes a mapping, against the version that the person saw; values on both sides stay. For 60 seconds it
 * can be put back. Fails with `not_found`, `mapping_is_default` or `version_conflict`.
 */
export async function removeMapping(
  actor: Actor,
  id: string,
  version: number,
): Promise<Result<MappingsView>> {
  const { workspaceId } = actor;
  const removed = await inTransaction<Result<boolean>>(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const row = (await findMappings(tx, workspaceId)).find((each) => each.id === id);
    if (!row) return fail({ code: 'not_found' });
    if (row.isDefault) return fail({ code: 'mapping_is_default', values: { name: row.hubspotProperty } });
    if (row.version !== version) return ok(false);
    const write = { before: toStored(row), after: null };
    await writeMapping(tx, actor, write, await now(tx), 'mapping.deleted');
    return ok(true);
  });
  if (!removed.ok) return removed;
  const view = await getMappings(actor);
  return removed.value ? view : conflictOf(view, id);
}
