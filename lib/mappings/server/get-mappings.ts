import type { Actor } from '#lib/auth/actor.ts';
import { getConnection } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { MappingsView } from '../schemas.ts';
import { ensureDefaultMappings } from './ensure-default-mappings.ts';
import * as repository from './repository.ts';

/** How long a deleted mapping can be put back. */
export const undoMs = 60_000;

/** The mappings as their page shows them; no CRM is asked. */
export async function getMappings(actor: Actor): Promise<Result<MappingsView>> {
  const { workspaceId } = actor;
  // Where Salesforce was connected before there were defaults, they are made now.
  const salesforce = await getConnection(workspaceId, 'SALESFORCE');
  if (salesforce) await inTransaction((tx) => ensureDefaultMappings(tx, workspaceId));
  const rows = await repository.findMappings(db(), workspaceId);
  const [errors, versions, undo] = await Promise.all([
    repository.countErrors(db(), workspaceId),
    repository.versionsByNumber(
      db(),
      workspaceId,
      rows.map(({ version }) => version),
    ),
    undoOf(workspaceId),
  ]);
  return ok({
    mappings: rows.map((row) => {
      const changed = versions.get(row.version);
      return {
        ...repository.toStored(row),
        version: row.version,
        changedBy: changed?.changedBy ?? null,
        changedAt: changed?.changedAt.toISOString() ?? null,
        errors: row.rule === 'DONT_SYNC' ? 0 : (errors.get(row.id) ?? 0),
      };
    }),
    undo,
    canEdit: actor.role === 'admin',
  });
}

async function undoOf(workspaceId: string): Promise<MappingsView['undo']> {
  const last = await repository.lastChange(db(), workspaceId);
  if (!last?.oldValue || last.newValue) return null;
  const leftMs = last.changedAt.getTime() + undoMs - (await now()).getTime();
  if (leftMs <= 0) return null;
  const { id, hubspotProperty } = last.oldValue;
  return { id, hubspotProperty, secondsLeft: Math.ceil(leftMs / 1000) };
}
