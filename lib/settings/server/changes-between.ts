import type { Db } from '#lib/core/db.ts';
import type { StoredMapping } from '#lib/mappings/schemas.ts';
import { mappingsAsOf } from '#lib/mappings/server/index.ts';
import type { SettingsValues } from '../schemas.ts';
import * as repository from './repository.ts';

type Held = { values: SettingsValues; mappings: StoredMapping[] };

/** One version with the settings and mappings before it and since. */
export type MadeChange = {
  version: number;
  changedAt: Date;
  changedBy: string | null;
  former: Held;
  made: Held;
};

/** The versions of a time that `key` was changed by, newest first; each is read when it is asked for. */
export async function* changesBetween(
  db: Db,
  workspaceId: string,
  time: { after: Date; until: Date },
  key: string,
): AsyncGenerator<MadeChange> {
  for (const { version, changedAt, changedBy } of await repository.findVersionsOf(
    db,
    workspaceId,
    time,
    key,
  )) {
    const heldAt = async (number: number): Promise<Held> => {
      const { values } = await repository.settingsAt(db, workspaceId, number);
      return { values, mappings: await mappingsAsOf(db, workspaceId, number) };
    };
    const [former, made] = await Promise.all([heldAt(version - 1), heldAt(version)]);
    yield { version, changedAt, changedBy, former, made };
  }
}
