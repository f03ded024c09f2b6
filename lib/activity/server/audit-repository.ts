import type { Db } from '#lib/core/db.ts';
import type { AuditQuery } from '../schemas.ts';

/** One page of what was done, newest first, and how much there is in all. */
export async function findAudit(db: Db, workspaceId: string, query: AuditQuery) {
  const { activity, actor, app, page, pageSize } = query;
  const where = {
    workspaceId,
    ...(activity ? { action: { startsWith: `${activity}.` } } : {}),
    ...(actor ? { actorId: actor === 'system' ? null : actor } : {}),
    ...(app ? { app } : {}),
  };
  const [rows, total] = await Promise.all([
    db.auditEntry.findMany({
      where,
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.auditEntry.count({ where }),
  ]);
  return { rows, total };
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
