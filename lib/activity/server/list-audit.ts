import { z } from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { AuditEntryView, AuditPage, AuditQuery } from '../schemas.ts';
import { findAudit, findAuditActors, segmentNames } from './audit-repository.ts';

/** Entries of these actions hold a segment's list id alone. */
const listIdActions = new Set(['settings.inclusionListId', 'settings.undo']);

const storedSchema = z.object({ value: z.unknown() });
const appSchema = z.enum(['hubspot', 'salesforce', 'segbridge']).nullable().catch(null);

/** The App log: who did what in this workspace, newest first, for any of its users. */
export async function listAudit(
  actor: Pick<Actor, 'workspaceId'>,
  query: AuditQuery,
): Promise<Result<AuditPage>> {
  const { workspaceId } = actor;
  const [{ rows, total }, people] = await Promise.all([
    findAudit(db(), workspaceId, query),
    findAuditActors(db(), workspaceId),
  ]);
  const entries = rows.map(
    (row): AuditEntryView => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      action: row.action,
      app: appSchema.parse(row.app),
      oldValue: unwrapped(row.oldValue),
      newValue: unwrapped(row.newValue),
    }),
  );
  return ok({
    entries,
    total,
    actors: people.map(({ actorId, actor: name }) => ({ id: actorId ?? 'system', name })).sort(byName),
    segments: await segmentNames(db(), workspaceId, mentionedLists(entries)),
  });
}

/** Values are stored in an envelope, so that null can be told from none. */
function unwrapped(stored: unknown): unknown {
  const parsed = storedSchema.safeParse(stored);
  return parsed.success ? (parsed.data.value ?? null) : null;
}

function mentionedLists(entries: AuditEntryView[]): string[] {
  const values = entries
    .filter(({ action }) => listIdActions.has(action))
    .flatMap(({ oldValue, newValue }) => [oldValue, newValue]);
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

function byName(a: AuditPage['actors'][number], b: AuditPage['actors'][number]): number {
  if (a.id === 'system' || b.id === 'system') return a.id === 'system' ? 1 : -1;
  return (a.name ?? '').localeCompare(b.name ?? '');
}
