import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import type { NewIntent, OpenIntent, Scope } from '../store.ts';

/** Intents without a known end for these addresses, whoever made them in this org. */
export async function findOpenIntents(
  db: Db,
  { workspaceId, orgId }: Scope,
  addresses: readonly string[],
): Promise<OpenIntent[]> {
  if (addresses.length === 0) return [];
  return db.$queryRaw<OpenIntent[]>`
    SELECT id, "contactId", address, object::text AS object, "runId", "sentAt", "jobId",
      "workspaceId" = ${workspaceId}::uuid AS "isOurs"
    FROM "Intent"
    WHERE "orgId" = ${orgId} AND state = 'OPEN'
      AND address = ANY(${[...addresses]}::text[])`;
}

/** Creations of a run that are known to have come about, for these contacts. */
export async function findCreatedContacts(
  db: Db,
  runId: string,
  contactIds: readonly string[],
): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set();
  const rows = await db.$queryRaw<{ contactId: string }[]>`
    SELECT "contactId" FROM "Intent"
    WHERE "runId" = ${runId}::uuid AND state = 'DONE' AND "contactId" = ANY(${[...contactIds]}::text[])`;
  return new Set(rows.map(({ contactId }) => contactId));
}

/** In one statement, however many a Bulk job carries. */
export async function insertIntents(
  db: Db,
  { workspaceId, orgId }: Scope,
  intents: readonly NewIntent[],
): Promise<void> {
  if (intents.length === 0) return;
  await db.$executeRaw`
    INSERT INTO "Intent"
      (id, "workspaceId", "orgId", "contactId", address, object, "runId", "batchId", "jobId", "sentAt")
    SELECT given.id, ${workspaceId}::uuid, ${orgId}, given."contactId", given.address,
      given.object::"RecordObject", given."runId", given."batchId", given."jobId", given."sentAt"
    FROM jsonb_to_recordset(${jsonOf(intents)}::jsonb) AS given(
      id uuid, "contactId" text, address text, object text, "runId" uuid, "batchId" uuid, "jobId" text,
      "sentAt" timestamptz)`;
}

/** The same creations are sent once more: their time begins anew. */
export async function restartIntents(db: Db, ids: readonly string[], at: Date): Promise<void> {
  await db.intent.updateMany({ where: { id: { in: [...ids] } }, data: { sentAt: at } });
}

export async function closeIntents(
  db: Db,
  rows: readonly { id: string; recordId: string | null }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Intent"
    SET state = (CASE WHEN given."recordId" IS NULL THEN 'FAILED' ELSE 'DONE' END)::"IntentState",
        "recordId" = given."recordId", "closedAt" = ${at}
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, "recordId" text)
    WHERE "Intent".id = given.id`;
}
