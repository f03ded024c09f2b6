import type { Db } from '#lib/core/db.ts';

/** Calls to Salesforce per hour since a moment. */
export function findCalls(db: Db, workspaceId: string, since: Date) {
  return db.apiUse.findMany({
    where: { workspaceId, crm: 'SALESFORCE', hour: { gt: since } },
    select: { hour: true, calls: true },
  });
}

export async function findApiLimit(db: Db, workspaceId: string) {
  const row = await db.connection.findUnique({
    where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
    select: { apiLimit: true, status: true },
  });
  return { limit: row?.apiLimit ?? null, isConnected: row?.status === 'CONNECTED' };
}

/** People that were synced since a moment, each once. */
export async function countSynced(db: Db, workspaceId: string, since: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT coalesce("contactId", "recordId"))::int AS count FROM "Outcome"
    WHERE "workspaceId" = ${workspaceId}::uuid AND at > ${since} AND result IN ('CREATED', 'UPDATED', 'UNCHANGED')`;
  return row?.count ?? 0;
}

/** Who paused the sync, and when. */
export async function findPause(db: Db, workspaceId: string) {
  return db.auditEntry.findFirst({
    where: { workspaceId, action: 'settings.paused' },
    orderBy: { at: 'desc' },
    select: { actor: true, at: true },
  });
}

/** The segment's name and whether it can still limit a sync, as last seen. */
export function findSegment(db: Db, workspaceId: string, listId: string) {
  return db.segment.findUnique({
    where: { workspaceId_listId: { workspaceId, listId } },
    select: { name: true, deletedAt: true, processingType: true },
  });
}

/** Writing that has stopped and waits for a person. */
export function findHolds(db: Db, workspaceId: string) {
  return db.hold.findMany({
    where: { workspaceId, endedAt: null },
    orderBy: { since: 'asc' },
    select: { cause: true, since: true, changeId: true },
  });
}

/** When the writing last went on by itself, after a moment and not stopped again since. */
export async function findWentOn(db: Db, workspaceId: string, after: Date): Promise<Date | null> {
  const row = await db.notice.findFirst({
    where: { workspaceId, kind: { in: ['writing_stopped', 'writing_went_on'] }, at: { gt: after } },
    orderBy: { at: 'desc' },
    select: { kind: true, at: true },
  });
  return row?.kind === 'writing_went_on' ? row.at : null;
}

/** Runs that wait because a CRM itself refuses to work for us now. */
export function findSuspended(db: Db, workspaceId: string, reasons: string[]) {
  return db.run.findMany({
    where: { workspaceId, status: 'WAITING', reason: { in: reasons } },
    orderBy: { createdAt: 'desc' },
    take: 1,
    select: { id: true, reason: true, createdAt: true, startedAt: true },
  });
}

/** When the next person is tried again. */
export async function findNextTry(db: Db, workspaceId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min("dueAt") AS at FROM "Trigger"
    WHERE "workspaceId" = ${workspaceId}::uuid AND causes @> '[{"kind": "retry"}]'::jsonb`;
  return row?.at ?? null;
}

/** The latest runs that came to their end and were started by a person, who saw a forecast. */
export function findFinishedRuns(db: Db, workspaceId: string, take: number) {
  return db.run.findMany({
    where: { workspaceId, status: 'DONE', kind: { in: ['RESYNC', 'IMPORT'] } },
    orderBy: { createdAt: 'desc' },
    take,
    select: { id: true, createdAt: true, processed: true, forecast: true, salesforceCalls: true },
  });
}
