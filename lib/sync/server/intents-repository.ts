import type { Db } from '#lib/core/db.ts';
import type { RecordObject } from './links-repository.ts';

export type Intent = {
  id: string;
  contactId: string;
  address: string;
  runId: string;
  sentAt: Date;
  state: 'OPEN' | 'DONE' | 'FAILED';
  recordId: string | null;
};
export type NewIntent = {
  id: string;
  workspaceId: string;
  orgId: string;
  contactId: string;
  address: string;
  object: RecordObject;
  runId: string;
  batchId: string;
  sentAt: Date;
};

/** Intents without a known end for these addresses, whoever made them in this org. */
export function findOpenIntents(
  db: Db,
  scope: { workspaceId: string; orgId: string },
  addresses: string[],
): Promise<Intent[]> {
  return db.intent.findMany({ where: { ...scope, state: 'OPEN', address: { in: addresses } } });
}

/** Creations of a run that are known to have come about, for these contacts. */
export async function findCreatedContacts(db: Db, runId: string, contactIds: string[]): Promise<Set<string>> {
  const rows = await db.intent.findMany({
    where: { runId, state: 'DONE', contactId: { in: contactIds } },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
}

export async function insertIntents(db: Db, intents: NewIntent[]): Promise<void> {
  await db.intent.createMany({ data: intents });
}

/** The same creations are sent once more: their time begins anew. */
export async function restartIntents(db: Db, ids: string[], at: Date): Promise<void> {
  await db.intent.updateMany({ where: { id: { in: ids } }, data: { sentAt: at } });
}

export async function closeIntents(
  db: Db,
  rows: { id: string; recordId: string | null }[],
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Intent"
    SET state = (CASE WHEN given."recordId" IS NULL THEN 'FAILED' ELSE 'DONE' END)::"IntentState",
        "recordId" = given."recordId", "closedAt" = ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, "recordId" text)
    WHERE "Intent".id = given.id`;
}
