import type { Db } from '#lib/core/db.ts';

export function findNotices(db: Db, workspaceId: string, since: Date, take: number) {
  return db.notice.findMany({
    where: { workspaceId, at: { gt: since } },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take,
  });
}

export function countUnread(db: Db, workspaceId: string, userId: string, since: Date): Promise<number> {
  return db.notice.count({ where: { workspaceId, at: { gt: since }, NOT: { readBy: { has: userId } } } });
}

/** One statement, so that two windows of one person don't note it twice. */
export async function markRead(db: Db, workspaceId: string, userId: string, until: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE "Notice" SET "readBy" = array_append("readBy", ${userId}::uuid)
    WHERE "workspaceId" = ${workspaceId}::uuid AND at <= ${until}
      AND (cardinality("readBy") = 0 OR NOT "readBy" @> ARRAY[${userId}::uuid])`;
}
