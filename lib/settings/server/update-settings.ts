import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { checkInclusionSegment } from '#lib/segments/server/index.ts';
import type { SettingsPatch, SettingsValues, SettingsView } from '../schemas.ts';
import { getSettings } from './get-settings.ts';
import { lockSettings, newestSettings } from './repository.ts';
import { writeSettings } from './write-settings.ts';

/**
 * Changes one setting, against the version that the person saw. An inclusion segment must be an active
 * contact segment that HubSpot knows now. Fails with `version_conflict` (and the newer settings) if somebody
 * else was first; the former value then holds. Choosing a segment syncs nothing.
 */
export async function updateSettings(actor: Actor, patch: SettingsPatch): Promise<Result<SettingsView>> {
  if (patch.key === 'inclusionListId' && typeof patch.value === 'string') {
    const segment = await checkInclusionSegment(actor.workspaceId, patch.value);
    if (!segment.ok) return segment;
  }
  const written = await inTransaction(async (tx) => {
    await lockSettings(tx, actor.workspaceId);
    const before = await newestSettings(tx, actor.workspaceId);
    if (before.version !== patch.version) return false;
    const values: SettingsValues = { ...before.values, [patch.key]: patch.value };
    await writeSettings(tx, actor, before, { values }, await now(tx));
    return true;
  });
  const view = await getSettings(actor);
  if (!view.ok || written) return view;
  return fail({
    code: 'version_conflict',
    values: { name: view.value.changes[patch.key]?.by ?? '' },
    current: view.value,
  });
}
