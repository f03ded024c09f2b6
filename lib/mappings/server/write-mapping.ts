import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { Db } from '#lib/core/db.ts';
import type { StoredMapping } from '../schemas.ts';
import * as repository from './repository.ts';

/** One mapping before and after; null: it isn't there. */
export type MappingWrite = { before: StoredMapping | null; after: StoredMapping | null };

type AuditAction = 'mapping.created' | 'mapping.changed' | 'mapping.deleted' | 'mapping.restored';

/**
 * Stores one changed mapping as a new version of the settings, with its audit entry, in the caller's
 * transaction, which holds the workspace's lock.
 */
export async function writeMapping(
  tx: Db,
  actor: Actor,
  write: MappingWrite,
  at: Date,
  action: AuditAction,
): Promise<void> {
  const { workspaceId, userId, name } = actor;
  const newest = await repository.newestVersion(tx, workspaceId);
  const version = newest.version + 1;
  const mappingId = idOf(write);
  const change = { mappingId, oldValue: write.before, newValue: write.after };
  const who = { workspaceId, version, changedById: userId, changedBy: name, changedAt: at };
  await repository.insertMappingVersion(tx, { ...who, values: newest.values }, change);
  await storeMapping(tx, workspaceId, write, version);
  await recordAudit(tx, {
    workspaceId,
    actorId: userId,
    actor: name,
    action,
    app: 'salesforce',
    ...(write.before ? { oldValue: write.before } : {}),
    ...(write.after ? { newValue: write.after } : {}),
    at,
    settingsVersion: version,
    cause: actor.via ? { via: actor.via } : {},
  });
}

/**
 * Puts mappings as an earlier version had them, as part of a version that the caller makes and audits; the
 * caller's transaction holds the workspace's lock.
 */
export async function restoreMappings(
  tx: Db,
  workspaceId: string,
  version: number,
  writes: readonly MappingWrite[],
): Promise<void> {
  for (const write of writes) {
    const change = { mappingId: idOf(write), oldValue: write.before, newValue: write.after };
    await repository.insertChange(tx, workspaceId, version, change);
    await storeMapping(tx, workspaceId, write, version);
  }
}

async function storeMapping(tx: Db, workspaceId: string, write: MappingWrite, version: number) {
  const { before, after } = write;
  if (after) await repository.putMapping(tx, workspaceId, after, version);
  else await repository.deleteMapping(tx, workspaceId, idOf(write));
  const forgotten = forgottenObjects(write);
  if (before && forgotten.length > 0) {
    await repository.dropMemory(tx, workspaceId, before, forgotten);
  }
}

/** On which Salesforce objects what both sides agreed on by this mapping holds no more. */
function forgottenObjects({ before, after }: MappingWrite): ('LEAD' | 'CONTACT')[] {
  if (!before) return [];
  const isGone = !after || after.rule === 'DONT_SYNC' || after.hubspotProperty !== before.hubspotProperty;
  if (isGone) return ['LEAD', 'CONTACT'];
  return [
    ...(after.leadField === before.leadField ? [] : (['LEAD'] as const)),
    ...(after.contactField === before.contactField ? [] : (['CONTACT'] as const)),
  ];
}

function idOf({ before, after }: MappingWrite): string {
  const id = after?.id ?? before?.id;
  if (id === undefined) throw new Error('A mapping was to be written that never was.');
  return id;
}
