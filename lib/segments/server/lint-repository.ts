import type { Db } from '#lib/core/db.ts';

type Key = { workspaceId: string; listId: string; key: string };

/** So many findings of one segment can be hidden; the oldest ones show again beyond. */
const kept = 500;

export async function hiddenKeys(db: Db, workspaceId: string, listId: string): Promise<string[]> {
  const rows = await db.hiddenLint.findMany({
    where: { workspaceId, listId },
    orderBy: { hiddenAt: 'desc' },
    take: kept,
  });
  return rows.map(({ key }) => key);
}

export async function storeHiddenLint(db: Db, key: Key, hiddenAt: Date): Promise<void> {
  await db.hiddenLint.upsert({
    where: { workspaceId_listId_key: key },
    create: { ...key, hiddenAt },
    update: { hiddenAt },
  });
}

/** A contact that left a segment several times. */
export type Flapping = { contactId: string; times: number };

/** Contacts that left a segment more often than `times` since a moment, the most restless first. */
export async function findFlapping(
  db: Db,
  where: { workspaceId: string; listId: string; since: Date; times: number },
): Promise<Flapping[]> {
  const groups = await db.membership.groupBy({
    by: ['contactId'],
    where: { workspaceId: where.workspaceId, listId: where.listId, until: { gte: where.since } },
    _count: { contactId: true },
    having: { contactId: { _count: { gt: where.times } } },
    orderBy: [{ _count: { contactId: 'desc' } }, { contactId: 'asc' }],
  });
  return groups.map(({ contactId, _count }) => ({ contactId, times: _count.contactId }));
}

/** Through which property most of those stays ended, as far as it was told. */
export async function findLeftThrough(
  db: Db,
  { workspaceId, listId, since }: { workspaceId: string; listId: string; since: Date },
  contactIds: string[],
): Promise<string | null> {
  const [most] = await db.$queryRaw<{ property: string }[]>`
    SELECT "leftThrough" ->> 'property' AS property FROM "Membership"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "listId" = ${listId} AND until >= ${since}
      AND "contactId" = ANY(${contactIds}) AND "leftThrough" ->> 'property' IS NOT NULL
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`;
  return most?.property ?? null;
}

/** How many contacts are linked to a record of the connected org. */
export async function countLinked(db: Db, workspaceId: string): Promise<number> {
  const org = await db.connection.findUnique({
    where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
  });
  if (!org) return 0;
  return db.link.count({
    where: { workspaceId, orgId: org.accountId, endedAt: null },
  });
}
