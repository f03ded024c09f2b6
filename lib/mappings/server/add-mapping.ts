import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { clashOf } from '../pair.ts';
import type { MappingsView, NewMapping } from '../schemas.ts';
import { checkMapping } from './check-mapping.ts';
import { ensureDefaultMappings } from './ensure-default-mappings.ts';
import { getMappings } from './get-mappings.ts';
import { findMappings, lockWorkspace } from './repository.ts';
import { takenBy } from './taken-by.ts';
import { writeMapping } from './write-mapping.ts';

/**
 * Adds a mapping. It moves no value by itself. Fails as `checkMapping`, or with `mapping_taken` if the
 * property or a field is mapped already.
 */
export async function addMapping(actor: Actor, mapping: NewMapping): Promise<Result<MappingsView>> {
  const { workspaceId } = actor;
  const direction = await checkMapping(workspaceId, mapping);
  if (!direction.ok) return direction;
  const added = await inTransaction<Result<null>>(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    await ensureDefaultMappings(tx, workspaceId);
    const clash = clashOf({ ...mapping, id: null }, await findMappings(tx, workspaceId));
    if (clash) return fail(takenBy(clash));
    const at = await now(tx);
    const rest = { direction: direction.value, isDefault: false, createdAt: at.toISOString() };
    const after = { id: randomUUID(), ...mapping, ...rest };
    await writeMapping(tx, actor, { before: null, after }, at, 'mapping.created');
    return ok(null);
  });
  return added.ok ? getMappings(actor) : added;
}
