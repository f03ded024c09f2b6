import { packChanges } from '#lib/activity/server/index.ts';
import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import type { OutcomeRow } from '../store.ts';

/**
 * Stores outcomes, adds them to the run's counts, and what they speak of to what it tells of fields. A person who has
 * one in this run keeps it.
 */
export async function insertOutcomes(
  tx: Db,
  run: { id: string; workspaceId: string },
  outcomes: readonly OutcomeRow[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const fields: Parameters<typeof packChanges>[1] = {};
  const rows = outcomes.map(({ changes, ...outcome }) => ({
    ...outcome,
    ...packChanges(changes, fields),
    trigger: outcome.causes[0]?.kind ?? 'resync',
  }));
  const told = JSON.stringify(fields);
  await tx.$executeRaw`
    WITH stored AS (
      INSERT INTO "Outcome" (id, "workspaceId", "runId", "contactId", "recordId", object, name, email, direction,
        result, reason, category, code, message, changes, written, warnings, trigger, causes, at)
      SELECT gen_random_uuid(), ${run.workspaceId}::uuid, ${run.id}::uuid, given."contactId", given."recordId",
        given.object::"RecordObject", given.name, given.email, given.direction::"MappingDirection",
        given.result::"OutcomeResult", given.reason, given.category, given.code, given.message, given.changes,
        given.written, given.warnings, given.trigger, given.causes, ${at}
      FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given("contactId" text, "recordId" text,
        object text, name text, email text, direction text, result text, reason text, category text, code text,
        message text, changes jsonb, written jsonb, warnings text[], trigger text, causes jsonb)
      ON CONFLICT DO NOTHING RETURNING result
    ), counted AS (
      SELECT count(*)::int AS processed,
        count(*) FILTER (WHERE result = 'CREATED')::int AS created,
        count(*) FILTER (WHERE result = 'UPDATED')::int AS updated,
        count(*) FILTER (WHERE result = 'UNCHANGED')::int AS unchanged,
        count(*) FILTER (WHERE result = 'SKIPPED')::int AS skipped,
        count(*) FILTER (WHERE result = 'FAILED')::int AS failed
      FROM stored
    )
    UPDATE "Run" run SET processed = run.processed + counted.processed,
      fields = CASE WHEN run.fields @> ${told}::jsonb THEN run.fields ELSE run.fields || ${told}::jsonb END,
      created = run.created + counted.created, updated = run.updated + counted.updated,
      unchanged = run.unchanged + counted.unchanged, skipped = run.skipped + counted.skipped,
      failed = run.failed + counted.failed
    FROM counted WHERE run.id = ${run.id}::uuid`;
}

/** Who has an outcome in this run. */
export async function findDone(
  db: Db,
  runId: string,
  ids: { contactIds: readonly string[]; recordIds: readonly string[] },
): Promise<{ contacts: Set<string>; records: Set<string> }> {
  const { contactIds, recordIds } = ids;
  const contacts =
    contactIds.length === 0
      ? []
      : await db.$queryRaw<{ id: string }[]>`
          SELECT "contactId" AS id FROM "Outcome"
          WHERE "runId" = ${runId}::uuid AND "contactId" = ANY(${[...contactIds]}::text[])`;
  const records =
    recordIds.length === 0
      ? []
      : await db.$queryRaw<{ id: string }[]>`
          SELECT "recordId" AS id FROM "Outcome"
          WHERE "runId" = ${runId}::uuid AND "recordId" = ANY(${[...recordIds]}::text[])`;
  return {
    contacts: new Set(contacts.map(({ id }) => id)),
    records: new Set(records.map(({ id }) => id)),
  };
}
