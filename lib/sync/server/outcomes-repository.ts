import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import type { ResultName } from '../schemas.ts';
import type { OutcomeRow } from '../store.ts';

/** Stores outcomes and adds them to the run's counts. A person who has one in this run keeps it. */
export async function insertOutcomes(
  tx: Db,
  run: { id: string; workspaceId: string },
  outcomes: readonly OutcomeRow[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((outcome) => ({ ...outcome, trigger: outcome.causes[0]?.kind ?? 'resync' }));
  const stored = await tx.$queryRaw<{ result: ResultName }[]>`
    INSERT INTO "Outcome" (id, "workspaceId", "runId", "contactId", "recordId", object, name, email, direction,
      result, reason, category, code, message, changes, warnings, trigger, causes, at)
    SELECT gen_random_uuid(), ${run.workspaceId}::uuid, ${run.id}::uuid, given."contactId", given."recordId",
      given.object::"RecordObject", given.name, given.email, given.direction::"MappingDirection",
      given.result::"OutcomeResult", given.reason, given.category, given.code, given.message, given.changes,
      given.warnings, given.trigger, given.causes, ${at}
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given("contactId" text, "recordId" text,
      object text, name text, email text, direction text, result text, reason text, category text, code text,
      message text, changes jsonb, warnings text[], trigger text, causes jsonb)
    ON CONFLICT DO NOTHING RETURNING result::text AS result`;
  const count = (result: ResultName) => stored.filter((row) => row.result === result).length;
  await tx.run.update({
    where: { id: run.id },
    data: {
      processed: { increment: stored.length },
      created: { increment: count('CREATED') },
      updated: { increment: count('UPDATED') },
      unchanged: { increment: count('UNCHANGED') },
      skipped: { increment: count('SKIPPED') },
      failed: { increment: count('FAILED') },
    },
  });
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
