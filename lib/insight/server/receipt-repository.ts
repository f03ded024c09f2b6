import type { Db } from '#lib/core/db.ts';

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

export function findRun(db: Db, workspaceId: string, id: string) {
  return db.run.findFirst({ where: { workspaceId, id } });
}

/** Runs are numbered by the workspace, in the order in which they were asked for. */
export function countRunsUpTo(db: Db, workspaceId: string, createdAt: Date): Promise<number> {
  return db.run.count({ where: { workspaceId, createdAt: { lte: createdAt } } });
}

/** Who stopped a run last. */
export async function findStopper(db: Db, workspaceId: string, runId: string): Promise<string | null> {
  const entry = await db.auditEntry.findFirst({
    where: { workspaceId, action: 'run.stopped', newValue: { path: ['value', 'runId'], equals: runId } },
    orderBy: { at: 'desc' },
    select: { actor: true },
  });
  return entry?.actor ?? null;
}

/** The only person of a run that was for one. */
export async function findPerson(db: Db, runId: string): Promise<string | null> {
  const [only, second] = await db.outcome.findMany({
    where: { runId },
    take: 2,
    select: { name: true, email: true, trigger: true },
  });
  if (!only || second || only.trigger !== 'sync_now') return null;
  return only.name ?? only.email;
}

export async function countOutcomes(db: Db, runId: string) {
  const [row] = await db.$queryRaw<{ all: number; partial: number; named: number; open: number }[]>`
    SELECT count(*)::int AS all,
      (count(*) FILTER (WHERE code IS NOT NULL AND result IN ('CREATED', 'UPDATED', 'UNCHANGED')))::int AS partial,
      (count(*) FILTER (WHERE "contactId" IS NOT NULL OR "recordId" IS NOT NULL))::int AS named,
      (SELECT count(*)::int FROM "Trigger" WHERE "runId" = ${runId}::uuid) AS open
    FROM "Outcome" WHERE "runId" = ${runId}::uuid`;
  return row ?? { all: 0, partial: 0, named: 0, open: 0 };
}

export type NotSynced = {
  kind: 'failed' | 'partial' | 'skipped';
  reason: string | null;
  category: string | null;
  code: string | null;
  field: string | null;
  value: string | null;
  to: string | null;
  message: string | null;
  people: number;
};

/** Who was not synced, or not wholly, by reason: failed people, failed fields, skipped people; the most first. */
export function countNotSynced(db: Db, runId: string): Promise<NotSynced[]> {
  return db.$queryRaw<NotSynced[]>`
    SELECT kind, reason, category, code, field,
      CASE WHEN count(DISTINCT value) = 1 THEN min(value) END AS value, "to",
      CASE WHEN count(DISTINCT message) = 1 THEN min(message) END AS message, count(DISTINCT id)::int AS people
    FROM (
      SELECT id, 'skipped' AS kind, reason, NULL AS category, NULL AS code, NULL AS field, NULL AS value,
        NULL AS "to", NULL AS message
      FROM "Outcome" WHERE "runId" = ${runId}::uuid AND result = 'SKIPPED'
      UNION ALL
      SELECT o.id, 'failed', NULL, o.category, o.code, first->>'label', first->>'new', first->>'to', o.message
      FROM "Outcome" o LEFT JOIN LATERAL (
        SELECT change AS first FROM jsonb_array_elements(o.changes) change WHERE change ? 'failure' LIMIT 1
      ) failure ON true
      WHERE o."runId" = ${runId}::uuid AND o.result = 'FAILED'
      UNION ALL
      SELECT o.id, 'partial', NULL, change->'failure'->>'category', change->'failure'->>'code', change->>'label',
        change->>'new', change->>'to', change->'failure'->>'message'
      FROM "Outcome" o, jsonb_array_elements(o.changes) change
      WHERE o."runId" = ${runId}::uuid AND o.result IN ('CREATED', 'UPDATED', 'UNCHANGED') AND change ? 'failure'
    ) each_one
    GROUP BY kind, reason, category, code, field, "to"
    ORDER BY kind = 'skipped', people DESC, code, reason, field`;
}

/** Versions of the settings that came while a run was under way. */
export function findVersionsBetween(db: Db, workspaceId: string, from: Date, until: Date) {
  return db.settingsVersion.findMany({
    where: { workspaceId, changedAt: { gt: from, lte: until } },
    orderBy: { version: 'asc' },
    select: { version: true, changedAt: true },
  });
}

export function findVersion(db: Db, workspaceId: string, version: number) {
  return db.settingsVersion.findUnique({
    where: { workspaceId_version: { workspaceId, version } },
    select: { values: true, changedAt: true },
  });
}

export async function findSegmentName(db: Db, workspaceId: string, listId: string): Promise<string | null> {
  const row = await db.segment.findUnique({
    where: { workspaceId_listId: { workspaceId, listId } },
    select: { name: true },
  });
  return row?.name ?? null;
}

/** Who let writing go on while a run was under way. */
export function findConfirmations(db: Db, workspaceId: string, from: Date, until: Date) {
  return db.hold.findMany({
    where: { workspaceId, confirmedAt: { gte: from, lte: until } },
    orderBy: { confirmedAt: 'asc' },
    select: { confirmedBy: true, confirmedAt: true },
  });
}
