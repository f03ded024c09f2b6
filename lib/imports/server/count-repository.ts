import type { Db } from '#lib/core/db.ts';
import { type ImportCounts, type ImportForecast, type SkipReason, skipReasons } from '../schemas.ts';
import type { ImportRow } from './repository.ts';

export type NewPerson = {
  recordId: string;
  object: 'LEAD' | 'CONTACT';
  name: string | null;
  email: string | null;
  address: string | null;
  modifiedAt: Date;
  group: string | null;
  reason: string | null;
};

/** Imports that are being counted and for which no job is left in the queue. */
export async function findCountsWithoutJob(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT import.id FROM "Import" import
    WHERE import.state = 'COUNTING' AND NOT EXISTS (
      SELECT 1 FROM graphile_worker.jobs job
      WHERE job.key = 'import:' || import.id
        AND (job.locked_at IS NOT NULL OR job.attempts < job.max_attempts))`;
  return rows.map(({ id }) => id);
}

/** Counting begins anew. */
export async function clearPeople(db: Db, importId: string): Promise<void> {
  await db.importPerson.deleteMany({ where: { importId } });
  await db.import.updateMany({ where: { id: importId }, data: { read: 0 } });
}

export async function insertPeople(
  tx: Db,
  { id, workspaceId }: Pick<ImportRow, 'id' | 'workspaceId'>,
  people: readonly NewPerson[],
): Promise<void> {
  if (people.length === 0) return;
  await tx.importPerson.createMany({
    data: people.map((person) => ({ ...person, importId: id, workspaceId })),
    skipDuplicates: true,
  });
  await tx.import.updateMany({ where: { id }, data: { read: { increment: people.length } } });
}

/** Judges by what is stored: who is linked, has no address, may not come back, or shares an address. */
export async function judgeByStore(
  tx: Db,
  { id, workspaceId, orgId }: Pick<ImportRow, 'id' | 'workspaceId' | 'orgId'>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ImportPerson" person SET "group" = 'linked', "contactId" = link."contactId"
    FROM "Link" link
    WHERE person."importId" = ${id}::uuid AND person."group" IS NULL AND link."endedAt" IS NULL
      AND link."workspaceId" = ${workspaceId}::uuid AND link."orgId" = ${orgId}
      AND link."recordId" = person."recordId"`;
  await tx.$executeRaw`
    UPDATE "ImportPerson" SET "group" = 'skipped', reason = 'no_email'
    WHERE "importId" = ${id}::uuid AND "group" IS NULL AND address IS NULL`;
  await tx.$executeRaw`
    UPDATE "ImportPerson" person SET "group" = 'skipped', reason = tombstone."endCause"
    FROM (
      SELECT DISTINCT ON ("recordId") "recordId", "endCause" FROM "Link"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId} AND "endedAt" IS NOT NULL
      ORDER BY "recordId", "createdAt" DESC, id
    ) tombstone
    WHERE person."importId" = ${id}::uuid AND person."group" IS NULL
      AND tombstone."recordId" = person."recordId" AND tombstone."endCause" IN ('privacy_deleted', 'merged')`;
  await tx.$executeRaw`
    UPDATE "ImportPerson" person SET "group" = 'skipped', reason = 'shares_address'
    FROM (
      SELECT "recordId", row_number() OVER (
        PARTITION BY address ORDER BY (object = 'CONTACT') DESC, "modifiedAt" DESC, "recordId") AS place
      FROM "ImportPerson" WHERE "importId" = ${id}::uuid AND "group" IS NULL
    ) ranked
    WHERE person."importId" = ${id}::uuid AND ranked."recordId" = person."recordId" AND ranked.place > 1`;
}

/** The next people who are not judged yet. */
export function findUnjudged(db: Db, importId: string, take: number) {
  return db.importPerson.findMany({
    where: { importId, group: null },
    orderBy: { recordId: 'asc' },
    take,
    select: { recordId: true, address: true },
  });
}

export type Judgement = {
  recordId: string;
  group: 'create' | 'link' | 'skipped';
  inList: boolean | null;
  reason: SkipReason | null;
  contactId: string | null;
};

export async function storeJudgements(db: Db, importId: string, rows: readonly Judgement[]): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "ImportPerson" person SET "group" = given."group", "inList" = given."inList",
      reason = given.reason, "contactId" = given."contactId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given("recordId" text, "group" text, "inList" boolean, reason text, "contactId" text)
    WHERE person."importId" = ${importId}::uuid AND person."recordId" = given."recordId"`;
}

/** Which of these contacts have a living link. */
export async function findLinked(
  db: Db,
  { workspaceId, orgId }: Pick<ImportRow, 'workspaceId' | 'orgId'>,
  contactIds: string[],
): Promise<Set<string>> {
  const links = await db.link.findMany({
    where: { workspaceId, orgId, endedAt: null, contactId: { in: contactIds } },
    select: { contactId: true },
  });
  return new Set(links.map(({ contactId }) => contactId));
}

export async function countPlan(db: Db, importId: string): Promise<ImportCounts> {
  const rows = await db.importPerson.groupBy({
    by: ['group', 'inList', 'reason'],
    where: { importId },
    _count: true,
  });
  const sum = (group: string, inList?: boolean) =>
    rows
      .filter((row) => row.group === group && (inList === undefined || row.inList === inList))
      .reduce((total, { _count }) => total + _count, 0);
  const both = (group: string) => ({ inList: sum(group, true), emailOnly: sum(group, false) });
  return {
    records: rows.reduce((total, { _count }) => total + _count, 0),
    create: both('create'),
    link: both('link'),
    linked: sum('linked'),
    skipped: skipReasons.flatMap((reason) => {
      const count = rows.find((row) => row.group === 'skipped' && row.reason === reason)?._count ?? 0;
      return count > 0 ? [{ reason, count }] : [];
    }),
  };
}

/** Stores the end of a count that is still under way; false: it is not any more. */
export async function storeCounted(
  tx: Db,
  id: string,
  data: { counts: ImportCounts; forecast: ImportForecast; countedAt: Date },
): Promise<boolean> {
  const where = { id, state: 'COUNTING' as const };
  return (await tx.import.updateMany({ where, data: { ...data, state: 'COUNTED' } })).count === 1;
}

export async function storeUncounted(db: Db, id: string, reason: string): Promise<void> {
  await db.import.updateMany({ where: { id, state: 'COUNTING' }, data: { state: 'FAILED', reason } });
}

/** Finished runs to tell the speed from, newest first. */
export function findFormerRuns(db: Db, workspaceId: string) {
  return db.run.findMany({
    where: { workspaceId, status: 'DONE', kind: { in: ['RESYNC', 'IMPORT'] } },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { processed: true, startedAt: true, finishedAt: true },
  });
}

export function findTimeZone(db: Db, workspaceId: string) {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { timeZone: true } });
}
