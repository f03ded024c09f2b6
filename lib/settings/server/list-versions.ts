import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { type VersionsPage, versionsPageSize } from '../schemas.ts';
import { findVersions } from './repository.ts';

/** The versions of the settings, newest first: when, who, which settings. */
export async function listVersions(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  page: number,
): Promise<Result<VersionsPage>> {
  const range = { skip: (page - 1) * versionsPageSize, take: versionsPageSize };
  const { rows, total } = await findVersions(db(), workspaceId, range);
  const versions = rows.map(({ version, changedAt, changedBy, keys, restoredFrom }) => ({
    version,
    at: changedAt.toISOString(),
    by: changedBy,
    keys,
    restoredFrom,
  }));
  return ok({ versions, total });
}
