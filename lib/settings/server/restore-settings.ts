import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { checkInclusionSegment } from '#lib/segments/server/index.ts';
import { withSettings } from '../rules.ts';
import type { Restored, RestoreRequest } from '../schemas.ts';
import { formerMappings } from './former-mappings.ts';
import { getSettings } from './get-settings.ts';
import { findVersion, lockSettings, newestSettings, settingsAt } from './repository.ts';
import { writeSettings } from './write-settings.ts';

/**
 * Brings the named settings and mappings of an earlier version back, as one new version; 0 is the defaults.
 * The inclusion segment waits its 60 seconds like any choice, and must still be an active segment. Values
 * that were already synced stay. Fails with `not_found`, as the segment does, with `mapping_taken`, or with
 * `restore_conflict` if there is a newer version than the person saw.
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
  const written = await inTransaction(async (tx): Promise<Result<Pick<Restored, 'keys' | 'mappings'>>> => {
    await lockSettings(tx, workspaceId);
    const newest = await newestSettings(tx, workspaceId);
    if (newest.version !== request.version)
      return fail({ code: 'restore_conflict', values: { version: newest.version } });
    const mappings = await formerMappings(tx, workspaceId, version, newest.version, request.mappings);
    if (!mappings.ok) return mappings;
    const values = withSettings(newest.values, former, request.keys);
    const write = { values, mappings: mappings.value };
    const keys = await writeSettings(tx, actor, newest, write, await now(tx), { restored: version });
    return ok({ keys, mappings: mappings.value.flatMap(({ before, after }) => (after ?? before)?.id ?? []) });
  });
  if (!written.ok) return written;
  const settings = await getSettings(actor);
  return settings.ok ? ok({ settings: settings.value, ...written.value }) : settings;
}
