import type { Db } from '#lib/core/db.ts';
import { actionsOf } from '../rules.ts';
import type { AuditQuery } from '../schemas.ts';

export type AuditFilter = Omit<AuditQuery, 'page' | 'pageSize' | 'period' | 'search'> & {
  from: Date | null;
  until: Date | null;
  /** What was typed, and the actions whose names contain it in the reader's language. */
  search: { text: string; actions: string[] } | null;
};

export type AuditRow = Awaited<ReturnType<typeof findAudit>>['rows'][number];

/** A part of what was done, newest first, and how much there is in all. */
export async function findAudit(
  db: Db,
  workspaceId: string,
  filter: AuditFilter,
  range: { skip: number; take: number },
) {
  const { activity, actor, app, subject, from, until, search } = filter;
  const where = {
    workspaceId,
    AND: [
      activity ? { action: { startsWith: `${activity}.` } } : {},
      subject ? { action: actionsOf(subject) } : {},
      actor ? { actorId: actor === 'system' ? null : actor } : {},
      app ? { app } : {},
      from ? { at: { gte: from } } : {},
      until ? { at: { lte: until } } : {},
      search ? { id: { in: await findByText(db, workspaceId, search) } } : {},
    ],
  };
  const [rows, total] = await Promise.all([
    db.auditEntry.findMany({
      where,
      // What one version changed stays together.
      orderBy: [{ at: 'desc' }, { settingsVersion: 'desc' }, { id: 'desc' }],
      ...range,
    }),
    db.auditEntry.count({ where }),
  ]);
  return { rows, total };
}

const mostFound = 10_000;

/** Ids of the newest entries that mention a text: who, what, old, new, or a segment of that name. */
async function findByText(
  db: Db,
  workspaceId: string,
  { text, actions }: { text: string; actions: string[] },
): Promise<string[]> {
  const plain = withoutMarks(text);
  const segments = await db.segment.findMany({
    where: { workspaceId, searchName: { contains: plain } },
    select: { listId: true },
    take: 1_000,
  });
  const lists = segments.map(({ listId }) => listId);
  // The database may have the C locale, which knows no case beyond ASCII; this collation does.
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "AuditEntry"
    WHERE "workspaceId" = ${workspaceId}::uuid
      AND (action = ANY(${actions})
        OR "oldValue"->>'value' = ANY(${lists}) OR "newValue"->>'value' = ANY(${lists})
        OR position(${plain} IN regexp_replace(
          lower(normalize(concat_ws(E'\n', actor, "oldValue"->>'value', "newValue"->>'value'), NFD)
            COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'
        )) > 0)
    ORDER BY at DESC LIMIT ${mostFound}::int`;
  return rows.map(({ id }) => id);
}

/** Lower case, accents removed. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** One entry by its id, or all that made a version. */
export function findAuditByRef(db: Db, workspaceId: string, ref: string | number) {
  return db.auditEntry.findMany({
    where: { workspaceId, ...(typeof ref === 'number' ? { settingsVersion: ref } : { id: ref }) },
    orderBy: { id: 'desc' },
  });
}

const mostRuns = 5;

/** The newest runs under a version of the settings, and how many there were. */
export async function findRunsUnder(db: Db, workspaceId: string, settingsVersion: number) {
  const where = { workspaceId, settingsVersion };
  const [runs, runCount] = await Promise.all([
    db.run.findMany({
      where,
      orderBy: { createdAt: 'desc' },
      take: mostRuns,
      select: { id: true, kind: true, status: true, createdAt: true, total: true },
    }),
    db.run.count({ where }),
  ]);
  return { runs, runCount };
}

/** Everybody who did something, each with the name of the newest entry. */
export function findAuditActors(
  db: Db,
  workspaceId: string,
): Promise<{ actorId: string | null; actor: string | null }[]> {
  return db.$queryRaw`
    SELECT DISTINCT ON ("actorId") "actorId", actor FROM "AuditEntry"
    WHERE "workspaceId" = ${workspaceId}::uuid ORDER BY "actorId", at DESC`;
}

/** Names of segments from our copy of HubSpot's lists; those never seen are left out. */
export async function segmentNames(
  db: Db,
  workspaceId: string,
  listIds: string[],
): Promise<Record<string, string>> {
  if (listIds.length === 0) return {};
  const rows = await db.segment.findMany({
    where: { workspaceId, listId: { in: listIds } },
    select: { listId: true, name: true },
  });
  return Object.fromEntries(rows.map(({ listId, name }) => [listId, name]));
}

/** What was counted when a version switched the inclusion segment; null if it did not, or was not counted. */
export async function findSwitchCounts(db: Db, workspaceId: string, version: number): Promise<unknown> {
  const row = await db.switchCount.findFirst({ where: { workspaceId, change: { version } } });
  return row?.countedAt ? row.counts : null;
}
