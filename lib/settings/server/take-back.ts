import type { Actor } from '#lib/auth/actor.ts';
import type { Db } from '#lib/core/db.ts';
import { differences, withSettings } from '../rules.ts';
import { mappingsBefore } from './former-mappings.ts';
import * as repository from './repository.ts';
import { writeSettings } from './write-settings.ts';

/**
 * Brings back what one version changed of settings and mappings, as a new version, in the caller's transaction,
 * which holds the settings' lock. What other versions changed stays.
 */
export async function takeBack(
  tx: Db,
  actor: Actor,
  made: { version: number; changedAt: Date },
  at: Date,
): Promise<void> {
  const { workspaceId } = actor;
  const { version } = made;
  const [newest, former, then] = await Promise.all([
    repository.newestSettings(tx, workspaceId),
    repository.settingsAt(tx, workspaceId, version - 1),
    repository.settingsAt(tx, workspaceId, version),
  ]);
  const values = withSettings(newest.values, former.values, differences(former.values, then.values));
  const seconds = Math.round((at.getTime() - made.changedAt.getTime()) / 1000);
  const mappings = await mappingsBefore(tx, workspaceId, version, newest.version);
  await writeSettings(tx, actor, newest, { values, mappings }, at, { undone: version, seconds });
}
