import type { Db } from '#lib/core/db.ts';
import { rewind } from '../rewind.ts';
import type { StoredMapping } from '../schemas.ts';
import { changesAfter, findMappings, toStored } from './repository.ts';

/** All mappings as they were at a version of the settings, oldest first. Default ones are there from version 0 on. */
export async function mappingsAsOf(db: Db, workspaceId: string, version: number): Promise<StoredMapping[]> {
  const [rows, changes] = await Promise.all([
    findMappings(db, workspaceId),
    changesAfter(db, workspaceId, version),
  ]);
  return rewind(rows.map(toStored), changes, version);
}
