import type { Db } from '#lib/core/db.ts';
import { newestSettings, type StoredSettings } from './repository.ts';

/** The settings that hold now, with their version. */
export function currentSettings(db: Db, workspaceId: string): Promise<StoredSettings> {
  return newestSettings(db, workspaceId);
}
