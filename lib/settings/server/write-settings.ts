import { type AuditCause, addNotice, recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { Db } from '#lib/core/db.ts';
import { type MappingWrite, restoreMappings } from '#lib/mappings/server/index.ts';
import { setSegmentUse } from '#lib/segments/server/index.ts';
import { decideChange, differences, isOpen } from '../rules.ts';
import type { SettingsKey, SettingsValues } from '../schemas.ts';
import type { StoredSettings } from './repository.ts';
import * as repository from './repository.ts';

export type Write = { values: SettingsValues; mappings?: readonly MappingWrite[] };

/**
 * Stores changed settings, and mappings that come back with them, as one new version: version, wait of the
 * gate, use of the segment and an audit entry each, all in the caller's transaction, which holds the
 * settings' lock. Answers which settings changed; nothing is written if nothing did.
 */
export async function writeSettings(
  tx: Db,
  actor: Actor,
  before: StoredSettings,
  { values, mappings = [] }: Write,
  now: Date,
  cause: AuditCause = {},
): Promise<SettingsKey[]> {
  const { workspaceId } = actor;
  const keys = differences(before.values, values);
  if (keys.length + mappings.length === 0) return keys;
  const version = before.version + 1;
  await repository.insertVersion(tx, {
    workspaceId,
    version,
    values,
    keys: mappings.length > 0 ? [...keys, 'mapping'] : keys,
    restoredFrom: cause.restored ?? null,
    changedById: actor.userId,
    changedBy: actor.name,
    changedAt: now,
  });
  if (keys.includes('paused')) {
    const kind = values.paused ? 'paused' : 'resumed';
    await addNotice(tx, { workspaceId, kind, data: { by: actor.name }, at: now, actorId: actor.userId });
  }
  if (keys.includes('inclusionListId')) await switchGate(tx, workspaceId, before, values, now);
  await restoreMappings(tx, workspaceId, version, mappings);
  const entries = [
    ...keys.map((key) => ({
      action: `settings.${key}`,
      oldValue: before.values[key],
      newValue: values[key],
    })),
    ...mappings.map(mappingEntry),
  ];
  for (const entry of entries) {
    await recordAudit(tx, {
      ...entry,
      workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      app: 'salesforce',
      at: now,
      settingsVersion: version,
      cause: { ...(actor.via ? { via: actor.via } : {}), ...cause },
    });
  }
  return keys;
}

function mappingEntry({ before, after }: MappingWrite) {
  const action = before === null ? 'mapping.created' : after === null ? 'mapping.deleted' : 'mapping.changed';
  return { action, ...(before ? { oldValue: before } : {}), ...(after ? { newValue: after } : {}) };
}

async function switchGate(
  tx: Db,
  workspaceId: string,
  before: StoredSettings,
  after: SettingsValues,
  now: Date,
) {
  const newest = await repository.newestChange(tx, workspaceId);
  const open = newest && isOpen(newest, now) ? newest : null;
  const inForce = open ? await repository.settingsAt(tx, workspaceId, open.baseVersion) : before;
  const { wait } = decideChange({
    now,
    currentVersion: before.version,
    open,
    gateInForce: inForce.values.inclusionListId,
    newGate: after.inclusionListId,
  });
  await repository.endChanges(tx, workspaceId, now);
  if (wait) {
    await repository.insertChange(tx, { workspaceId, version: before.version + 1, changedAt: now, ...wait });
  }
  await setSegmentUse(tx, workspaceId, 'inclusion', after.inclusionListId, now);
}
