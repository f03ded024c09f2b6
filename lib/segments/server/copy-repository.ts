import type { Db } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import type { SegmentIndexQuery } from '../schemas.ts';
import type { SegmentRow } from './repository.ts';

export function findCopy(db: Db, workspaceId: string) {
  return db.segmentCopy.findUnique({ where: { workspaceId } });
}

/** Marks a refresh as running since `at`, unless one runs that showed life after `aliveSince`. */
export async function claimCopy(db: Db, workspaceId: string, at: Date, aliveSince: Date): Promise<boolean> {
  const claimed = await db.$executeRaw`
    INSERT INTO "SegmentCopy" AS copy ("workspaceId", "runningAt") VALUES (${workspaceId}::uuid, ${at}::timestamptz)
    ON CONFLICT ("workspaceId") DO UPDATE SET "runningAt" = excluded."runningAt"
    WHERE copy."runningAt" IS NULL OR copy."runningAt" < ${aliveSince}::timestamptz`;
  return claimed === 1;
}

/** A refresh begins, or the one that runs shows that it lives. */
export async function touchCopy(db: Db, workspaceId: string, at: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "SegmentCopy" ("workspaceId", "runningAt")
    SELECT id, ${at}::timestamptz FROM "Workspace" WHERE id = ${workspaceId}::uuid
    ON CONFLICT ("workspaceId") DO UPDATE SET "runningAt" = excluded."runningAt"`;
}

type CopyEnd = { beganAt: Date; at: Date; failure: Failure | null; userNames: Map<string, string> };

/** A refresh has ended, well unless there is a failure. Names that it did not learn stay. */
export async function endCopy(db: Db, workspaceId: string, end: CopyEnd): Promise<void> {
  const { beganAt, at, failure, userNames } = end;
  const why = failure && JSON.stringify(failure);
  const names = JSON.stringify(Object.fromEntries(userNames));
  await db.$executeRaw`
    UPDATE "SegmentCopy" SET
      "runningAt" = NULL,
      "endedAt" = ${at}::timestamptz,
      "completeAt" = CASE WHEN ${why}::jsonb IS NULL THEN ${beganAt}::timestamptz ELSE "completeAt" END,
      "userNames" = coalesce("userNames", '{}') || ${names}::jsonb,
      failure = ${why}::jsonb
    WHERE "workspaceId" = ${workspaceId}::uuid`;
}

export type OptionRow = {
  listId: string;
  name: string;
  size: number | null;
  updatedAt: Date | null;
  processingStatus: string;
  processingSince: Date | null;
  deletedAt: Date | null;
  total: number;
};

/**
 * A part of the contact segments that are there, active or else static. `first` leads, in its order, then A
 * to Z; with a folded text to search for, the best match leads: the whole name, its beginning, the beginning
 * of a word, anywhere. Each row tells how many there are in all.
 */
export function listOptions(
  db: Db,
  workspaceId: string,
  part: { active: boolean; wanted: string; first: string[]; offset: number; limit: number },
): Promise<OptionRow[]> {
  const { active, wanted, first, offset, limit } = part;
  return db.$queryRaw<OptionRow[]>`
    SELECT "listId", name, size, "updatedAt", "processingStatus", "processingSince", "deletedAt",
      count(*) OVER ()::int AS total
    FROM "Segment", LATERAL (SELECT position(${wanted}::text IN "searchName") AS at) found
    WHERE "workspaceId" = ${workspaceId}::uuid AND "objectTypeId" = '0-1' AND "deletedAt" IS NULL
      AND ("processingType" = 'DYNAMIC') = ${active}::boolean AND found.at > 0
    ORDER BY
      CASE
        WHEN ${wanted}::text = '' THEN coalesce(array_position(${first}::text[], "listId"), 1000000)
        WHEN "searchName" = ${wanted}::text THEN 0
        WHEN found.at = 1 THEN 1
        WHEN substr("searchName", found.at - 1, 1) ~ '[^[:alnum:]]' THEN 2
        ELSE 3
      END,
      "searchName" COLLATE "C", "listId" COLLATE "C"
    LIMIT ${limit}::int OFFSET ${offset}::int`;
}

export type IndexPart = Pick<SegmentIndexQuery, 'view' | 'createdBy' | 'sort' | 'direction'> & {
  /** Folded. */
  wanted: string;
  /** Segments in use. */
  used: string[];
  /** Those and the ones used before, the latest first: the view of recent ones. */
  recent: string[];
  /** Deleted ones are shown from then on. */
  deletedSince: Date;
  offset: number;
  limit: number;
};

/** A part of the index of segments, sorted. Each row tells how many there are in all. */
export function listIndexRows(
  db: Db,
  workspaceId: string,
  part: IndexPart,
): Promise<(SegmentRow & { total: number })[]> {
  const { view, createdBy, sort, wanted, used, recent, deletedSince, offset, limit } = part;
  const sign = part.direction === 'ascending' ? 1 : -1;
  return db.$queryRaw<(SegmentRow & { total: number })[]>`
    SELECT segment.*, count(*) OVER ()::int AS total
    FROM "Segment" segment
    WHERE "workspaceId" = ${workspaceId}::uuid
      AND CASE ${view}::text
        WHEN 'deleted' THEN "deletedAt" > ${deletedSince}::timestamptz
        WHEN 'active' THEN "deletedAt" IS NULL AND "processingType" = 'DYNAMIC'
        WHEN 'static' THEN "deletedAt" IS NULL AND "processingType" <> 'DYNAMIC'
        WHEN 'recent' THEN "deletedAt" IS NULL AND "listId" = ANY (${recent}::text[])
        WHEN 'unused' THEN "deletedAt" IS NULL AND "listId" <> ALL (${used}::text[])
        ELSE "deletedAt" IS NULL
      END
      AND position(${wanted}::text IN "searchName") > 0
      AND (${createdBy}::text = '' OR "createdById" = ${createdBy}::text)
    ORDER BY
      CASE WHEN ${view}::text = 'recent' AND ${wanted}::text = ''
        THEN array_position(${recent}::text[], "listId") END,
      CASE ${sort}::text
        WHEN 'size' THEN ${sign}::int * coalesce(size, -1)
        WHEN 'updated' THEN ${sign}::int * coalesce(extract(epoch FROM "updatedAt"), 0)
      END,
      CASE WHEN ${sort}::text = 'name' AND ${sign}::int < 0 THEN "searchName" END COLLATE "C" DESC,
      "searchName" COLLATE "C", "listId" COLLATE "C"
    LIMIT ${limit}::int OFFSET ${offset}::int`;
}

/** How many lists the account has, and who made them, deleted ones included. */
export async function summarizeLists(
  db: Db,
  workspaceId: string,
): Promise<{ inAccount: number; creatorIds: string[] }> {
  const inAccount = await db.segment.count({ where: { workspaceId, deletedAt: null } });
  const creators = await db.segment.groupBy({ by: ['createdById'], where: { workspaceId } });
  return { inAccount, creatorIds: creators.flatMap(({ createdById }) => createdById ?? []) };
}
