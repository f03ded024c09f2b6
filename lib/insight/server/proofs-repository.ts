import type { Db } from '#lib/core/db.ts';

type Count = { people: number };
const peopleOf = (rows: Count[]) => rows[0]?.people ?? 0;

/**
 * People of a run that were written though they were outside: skipped ones with a written value, and those
 * whose stays in the list had all ended when they were written. The creation exception and imports may.
 */
export async function countOutsiders(
  db: Db,
  run: { id: string; workspaceId: string; listId: string | null },
): Promise<number> {
  return peopleOf(
    await db.$queryRaw<Count[]>`
    SELECT count(DISTINCT o.id)::int AS people FROM "Outcome" o WHERE o."runId" = ${run.id}::uuid AND (
      (o.result = 'SKIPPED' AND (o.written IS NOT NULL OR EXISTS (
        SELECT 1 FROM jsonb_array_elements(o.changes) change WHERE NOT change ? 'failure')))
      OR (o.result IN ('CREATED', 'UPDATED') AND ${run.listId}::text IS NOT NULL
        AND EXISTS (SELECT 1 FROM "Membership" stay WHERE stay."workspaceId" = o."workspaceId"
          AND stay."listId" = ${run.listId} AND stay."contactId" = o."contactId")
        AND NOT EXISTS (SELECT 1 FROM "Membership" stay WHERE stay."workspaceId" = o."workspaceId"
          AND stay."listId" = ${run.listId} AND stay."contactId" = o."contactId"
          AND (stay.until IS NULL OR stay.until > o.at - interval '60 seconds'))
        AND NOT EXISTS (SELECT 1 FROM "Link" link WHERE link."workspaceId" = o."workspaceId"
          AND link."contactId" = o."contactId" AND link.origin IN ('CREATION_EXCEPTION', 'IMPORT'))))`,
  );
}

/** Addresses for which a run's creations left more than one record. */
export async function countDoubles(db: Db, runId: string): Promise<number> {
  return peopleOf(
    await db.$queryRaw<Count[]>`
    SELECT count(*)::int AS people FROM (
      SELECT 1 FROM "Intent" WHERE "runId" = ${runId}::uuid AND "recordId" IS NOT NULL
      GROUP BY "orgId", address HAVING count(DISTINCT "recordId") > 1
    ) doubles`,
  );
}

/** When the changes of HubSpot were last read to the end after a moment. */
export async function findNextCheck(db: Db, workspaceId: string, after: Date): Promise<Date | null> {
  const run = await db.run.findFirst({
    where: { workspaceId, kind: 'POLL', status: 'DONE', startedAt: { gt: after } },
    orderBy: { startedAt: 'asc' },
    select: { finishedAt: true },
  });
  return run?.finishedAt ?? null;
}

/** People of a run whom the next check wrote again. */
export async function countWrittenAgain(
  db: Db,
  run: { id: string; workspaceId: string },
  after: Date,
  until: Date,
): Promise<number> {
  return peopleOf(
    await db.$queryRaw<Count[]>`
    SELECT count(DISTINCT o."contactId")::int AS people FROM "Outcome" o
    JOIN "Run" later ON later.id = o."runId" AND later.kind = 'POLL'
    WHERE o."workspaceId" = ${run.workspaceId}::uuid AND o.at > ${after} AND o.at <= ${until}
      AND o.result IN ('CREATED', 'UPDATED')
      AND EXISTS (SELECT 1 FROM "Outcome" mine WHERE mine."runId" = ${run.id}::uuid
        AND mine."contactId" = o."contactId")`,
  );
}
