import type { Db } from '#lib/core/db.ts';
import type { MembershipChange, SegmentState, SegmentWatch, Stay } from '../collect/store.ts';

const stored = {
  processing: 'PROCESSING',
  reading: 'READING',
  ready: 'READY',
  deleted: 'DELETED',
  static: 'STATIC',
} as const satisfies Record<SegmentState, string>;
const states: SegmentState[] = ['processing', 'reading', 'ready', 'deleted', 'static'];

export async function findWatches(db: Db, workspaceId: string): Promise<SegmentWatch[]> {
  const rows = await db.segmentWatch.findMany({ where: { workspaceId } });
  return rows.map(({ workspaceId: _workspace, state, ...row }) => ({
    ...row,
    state: states.find((each) => stored[each] === state) ?? 'processing',
  }));
}

export async function storeWatch(tx: Db, workspaceId: string, watch: SegmentWatch): Promise<void> {
  const { listId, ...rest } = watch;
  const data = { ...rest, state: stored[watch.state] };
  await tx.segmentWatch.upsert({
    where: { workspaceId_listId: { workspaceId, listId } },
    create: { workspaceId, listId, ...data },
    update: data,
  });
}

/** Stays of these contacts that last. */
export function findStays(
  db: Db,
  workspaceId: string,
  listId: string,
  contactIds: string[],
): Promise<Stay[]> {
  return db.membership.findMany({
    where: { workspaceId, listId, until: null, contactId: { in: contactIds } },
    select: { contactId: true, addedAt: true, since: true },
  });
}

export function countStays(db: Db, workspaceId: string, listId: string): Promise<number> {
  return db.membership.count({ where: { workspaceId, listId, until: null } });
}

/** Stays that last of those who came in after the choice, in the order of their contacts' ids. */
export function findJoiners(
  db: Db,
  workspaceId: string,
  listId: string,
  { since, after, limit }: { since: Date; after: string | null; limit: number },
): Promise<Stay[]> {
  const isAfter = after === null ? {} : { contactId: { gt: after } };
  return db.membership.findMany({
    where: { workspaceId, listId, until: null, isBaseline: false, since: { gte: since }, ...isAfter },
    orderBy: { contactId: 'asc' },
    take: limit,
    select: { contactId: true, addedAt: true, since: true },
  });
}

/** Whose stay lasts and was not met by the full reading of this number. */
export async function findUnmet(
  db: Db,
  workspaceId: string,
  listId: string,
  reading: number,
  limit: number,
): Promise<string[]> {
  const rows = await db.membership.findMany({
    where: { workspaceId, listId, until: null, reading: { lt: reading } },
    orderBy: { contactId: 'asc' },
    take: limit,
    select: { contactId: true },
  });
  return rows.map(({ contactId }) => contactId);
}

export async function storeMembership(tx: Db, workspaceId: string, change: MembershipChange): Promise<void> {
  const { listId, reading, left, came, met } = change;
  if (left.length > 0) {
    await tx.$executeRaw`
      UPDATE "Membership" SET until = given.until, "leftThrough" = given.through
      FROM jsonb_to_recordset(${JSON.stringify(left)}::jsonb)
        AS given("contactId" text, until timestamptz, through jsonb)
      WHERE "Membership"."workspaceId" = ${workspaceId}::uuid AND "Membership"."listId" = ${listId}
        AND "Membership".until IS NULL AND "Membership"."contactId" = given."contactId"`;
  }
  if (came.length > 0) {
    await tx.membership.createMany({
      data: came.map(({ through, ...stay }) => ({
        ...{ workspaceId, listId, reading },
        ...stay,
        ...(through ? { through } : {}),
      })),
    });
  }
  if (met.length > 0) {
    await tx.membership.updateMany({
      where: { workspaceId, listId, until: null, contactId: { in: met }, reading: { not: reading } },
      data: { reading },
    });
  }
}
