import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { Db } from '#lib/core/db.ts';
import { setSegmentUse } from '#lib/segments/server/index.ts';
import { decideChange, isOpen } from '../rules.ts';
import type { SettingsPatch, SettingsValues } from '../schemas.ts';
import type { StoredSettings } from './repository.ts';
import * as repository from './repository.ts';

type Write = { key: SettingsPatch['key']; value: SettingsPatch['value'] };

/**
 * Stores one changed setting as a new version: version, wait of the gate, use of the segment and audit entry,
 * all in the caller's transaction, which holds the settings' lock.
 */
export async function writeSetting(
  tx: Db,
  actor: Actor,
  before: StoredSettings,
  write: Write,
  now: Date,
  action = `settings.${write.key}`,
): Promise<void> {
  const { workspaceId } = actor;
  const values = { ...before.values, [write.key]: write.value } as SettingsValues;
  const version = before.version + 1;
  await repository.insertVersion(tx, {
    workspaceId,
    version,
    values,
    key: write.key,
    oldValue: before.values[write.key],
    changedById: actor.userId,
    changedBy: actor.name,
    changedAt: now,
  });
  if (write.key === 'inclusionListId') await switchGate(tx, workspaceId, before, values, now);
  await recordAudit(tx, {
    workspaceId,
    actorId: actor.userId,
    actor: actor.name,
    action,
    app: 'salesforce',
    oldValue: before.values[write.key],
    newValue: write.value,
    at: now,
  });
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
