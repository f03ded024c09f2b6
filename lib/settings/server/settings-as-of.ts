import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { differences } from '../rules.ts';
import {
  type AsOf,
  type Blocked,
  type FormerSegment,
  type SettingsAsOf,
  settingsValuesSchema,
} from '../schemas.ts';
import { mappingsThenAndNow } from './former-mappings.ts';
import { formerSegment } from './former-segment.ts';
import * as repository from './repository.ts';

/**
 * The settings of a moment, or of a version, beside today's, and what of them could be restored. Version 0
 * is the defaults, which hold until the first change. Fails with `not_found` for a version that never was.
 */
export async function settingsAsOf(actor: Actor, asOf: AsOf): Promise<Result<SettingsAsOf>> {
  const { workspaceId } = actor;
  const found =
    typeof asOf === 'number'
      ? await repository.findVersion(db(), workspaceId, asOf)
      : await repository.findVersionAt(db(), workspaceId, new Date(asOf));
  if (!found && typeof asOf === 'number' && asOf !== 0) return fail({ code: 'not_found' });
  const version = found?.version ?? 0;
  const values = settingsValuesSchema.parse(found?.values ?? {});
  const [newest, workspace, beside] = await Promise.all([
    repository.newestSettings(db(), workspaceId),
    repository.findWorkspace(db(), workspaceId),
    repository.versionsBeside(db(), workspaceId, version),
  ]);
  const then = typeof asOf === 'number' ? (found?.changedAt ?? workspace.createdAt) : new Date(asOf);
  const [former, today] = await Promise.all([
    formerSegment(workspaceId, values.inclusionListId, { version, at: then }),
    formerSegment(workspaceId, newest.values.inclusionListId, { version: newest.version, at: await now() }),
  ]);
  const mappings = await mappingsThenAndNow(actor, version, newest.version);
  const differs = differences(values, newest.values);
  return ok({
    asOf: typeof asOf === 'number' ? null : new Date(asOf).toISOString(),
    connectedAt: workspace.createdAt.toISOString(),
    isBeforeConnecting: typeof asOf !== 'number' && new Date(asOf) < workspace.createdAt,
    former: { version, values, segment: former },
    now: { ...newest, segment: today },
    changedAt: found?.changedAt.toISOString() ?? null,
    changedBy: found?.changedBy ?? null,
    restoredFrom: found?.restoredFrom ?? null,
    differs,
    blocked: differs.includes('inclusionListId') ? blockedBy(former) : [],
    mappings,
    previous: previousOf(beside.previous, version, workspace.createdAt),
    next: versionAt(beside.next),
    canRestore: actor.role === 'admin',
  });
}

/** A segment that can limit no sync any more cannot be chosen again. */
function blockedBy(segment: FormerSegment | null): Blocked[] {
  if (segment === null || segment.state === 'active') return [];
  return [{ key: 'inclusionListId', reason: segment.state, at: segment.deletedAt }];
}

type Row = { version: number; changedAt: Date } | null;

/** Before the first change there were the defaults, since the account was connected. */
function previousOf(row: Row, version: number, connectedAt: Date): SettingsAsOf['previous'] {
  if (row) return versionAt(row);
  return version === 0 ? null : { version: 0, at: connectedAt.toISOString() };
}

function versionAt(row: Row): SettingsAsOf['next'] {
  return row && { version: row.version, at: row.changedAt.toISOString() };
}
