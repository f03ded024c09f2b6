import type { Db } from '#lib/core/db.ts';

type LinkObject = 'LEAD' | 'CONTACT';

const openLinks = (workspaceId: string, orgId: string, objects: LinkObject[]) => ({
  workspaceId,
  orgId,
  endedAt: null,
  object: { in: objects },
});

export function newestLinks(db: Db, workspaceId: string, orgId: string, objects: LinkObject[], take: number) {
  return db.link.findMany({
    where: openLinks(workspaceId, orgId, objects),
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take,
    select: { contactId: true, recordId: true, object: true, shadow: true },
  });
}
export type LinkRow = Awaited<ReturnType<typeof newestLinks>>[number];

export function countLinks(db: Db, workspaceId: string, orgId: string, objects: LinkObject[]) {
  return db.link.count({ where: openLinks(workspaceId, orgId, objects) });
}

export async function workspaceTimeZone(db: Db, workspaceId: string): Promise<string> {
  return (await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } })).timeZone;
}
