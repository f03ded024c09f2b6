import { z } from 'zod';
import type { Db } from '#lib/core/db.ts';
import { type AuditEntryView, auditCauseSchema } from '../schemas.ts';
import { type AuditRow, segmentNames } from './audit-repository.ts';

/** Entries of these actions hold a segment's list id alone; the second one is of the first versions. */
const listIdActions = new Set(['settings.inclusionListId', 'settings.undo']);

const storedSchema = z.object({ value: z.unknown() });
const appSchema = z.enum(['hubspot', 'salesforce', 'segbridge']).nullable().catch(null);

export function toEntryView(row: AuditRow): AuditEntryView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    app: appSchema.parse(row.app),
    oldValue: unwrapped(row.oldValue),
    newValue: unwrapped(row.newValue),
    version: row.settingsVersion,
    cause: auditCauseSchema.catch({}).parse(row.cause ?? {}),
  };
}

/** Names of the segments that the entries mention. */
export function namesMentioned(
  db: Db,
  workspaceId: string,
  entries: AuditEntryView[],
): Promise<Record<string, string>> {
  const values = entries
    .filter(({ action }) => listIdActions.has(action))
    .flatMap(({ oldValue, newValue }) => [oldValue, newValue]);
  const ids = [...new Set(values.filter((value) => typeof value === 'string'))];
  return segmentNames(db, workspaceId, ids);
}

/** Values are stored in an envelope, so that null can be told from none. */
function unwrapped(stored: unknown): unknown {
  const parsed = storedSchema.safeParse(stored);
  return parsed.success ? (parsed.data.value ?? null) : null;
}
