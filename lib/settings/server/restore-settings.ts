import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { checkInclusionSegment } from '#lib/segments/server/index.ts';
import { withSettings } from '../rules.ts';
import type { Restored, RestoreRequest, SettingsKey } from '../schemas.ts';
import { getSettings } from './get-settings.ts';
import { findVersion, lockSettings, newestSettings, settingsAt } from './repository.ts';
import { writeSettings } from './write-settings.ts';

/**
 * Brings the named settings of an earlier version back, as one new version; 0 is the defaults. The inclusion
 * segment waits its 60 seconds like any choice, and must still be an active segment. Values that were
 * already synced stay. Fails with `not_found`, as the segment does, or with `restore_conflict` if there is a
 * newer version than the person saw.
 */
export async function restoreSettings(
  actor: Actor,
  version: number,
  request: RestoreRequest,
): Promise<Result<Restored>> {
  const { workspaceId } = actor;
  if (version !== 0 && !(await findVersion(db(), workspaceId, version))) return fail({ code: 'not_found' });
  const { values: former } = await settingsAt(db(), workspaceId, version);
  const seen = await newestSettings(db(), workspaceId);
  const isSwitch = former.inclusionListId !== seen.values.inclusionListId;
  if (request.keys.includes('inclusionListId') && former.inclusionListId !== null && isSwitch) {
    const segment = await checkInclusionSegment(workspaceId, former.inclusionListId);
    if (!segment.ok) return segment;
  }
  const keys = await inTransaction<SettingsKey[] | null>(async (tx) => {
    await lockSettings(tx, workspaceId);
    const newest = await newestSettings(tx, workspaceId);
    if (newest.version !== request.version) return null;
    const values = withSettings(newest.values, former, request.keys);
    return writeSettings(tx, actor, newest, values, await now(tx), { restored: version });
  });
  const settings = await getSettings(actor);
  if (!settings.ok) return settings;
  if (keys) return ok({ settings: settings.value, keys });
  return fail({ code: 'restore_conflict', values: { version: settings.value.version } });
}
