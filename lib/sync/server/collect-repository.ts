import { z } from 'zod';
import type { Db } from '#lib/core/db.ts';
import { objects } from '../collect/deps.ts';
import type { Collected, CountedAs, Cursor, DailyCheck, KnownLink, Pair, Source } from '../collect/store.ts';
import { endCauses, type RecordObject, type Scope } from '../store.ts';

export async function findCursor(db: Db, scope: Scope, source: Source): Promise<Cursor | null> {
  const row = await db.collectCursor.findUnique({
    where: { workspaceId_orgId_source: { ...scope, source } },
  });
  if (!row) return null;
  const { readingAt, readingFrom, readingId } = row;
  return {
    beganAt: row.beganAt,
    newest: { at: row.newestAt, id: row.newestId },
    reading: readingAt && readingFrom ? { at: { at: readingAt, id: readingId }, from: readingFrom } : null,
  };
}

export async function storeCursor(
  tx: Db,
  scope: Scope,
  { source, cursor }: NonNullable<Collected['cursor']>,
): Promise<void> {
  const { beganAt, newest, reading } = cursor;
  const data = {
    beganAt,
    newestAt: newest.at,
    newestId: newest.id,
    readingAt: reading?.at.at ?? null,
    readingId: reading?.at.id ?? null,
    readingFrom: reading?.from ?? null,
  };
  await tx.collectCursor.upsert({
    where: { workspaceId_orgId_source: { ...scope, source } },
    create: { ...scope, source, ...data },
    update: data,
  });
}

/** Which of these versions were stored before, by id. */
export async function findKnownPairs(
  db: Db,
  scope: Scope,
  source: Source,
  pairs: Pair[],
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT known.id FROM "CollectPair" known
    JOIN jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS given(id text, at timestamptz)
      ON known.id = given.id AND known.at = given.at
    WHERE known."workspaceId" = ${scope.workspaceId}::uuid AND known."orgId" = ${scope.orgId}
      AND known.source = ${source}`;
  return new Set(rows.map(({ id }) => id));
}

export async function storePairs(
  tx: Db,
  scope: Scope,
  { source, known, forgetBefore }: NonNullable<Collected['pairs']>,
): Promise<void> {
  if (known.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "CollectPair" ("workspaceId", "orgId", source, id, at)
      SELECT ${scope.workspaceId}::uuid, ${scope.orgId}, ${source}, given.id, max(given.at)
      FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS given(id text, at timestamptz) GROUP BY given.id
      ON CONFLICT ("workspaceId", "orgId", source, id) DO UPDATE SET at = excluded.at`;
  }
  if (forgetBefore)
    await tx.collectPair.deleteMany({ where: { ...scope, source, at: { lt: forgetBefore } } });
}

type LinkRow = Omit<KnownLink, 'endCause'> & { endCause: string | null };
const linkOf = (row: LinkRow): KnownLink => ({
  ...row,
  endCause: endCauses.find((cause) => cause === row.endCause) ?? null,
});
const linkColumns = {
  ...{ contactId: true, recordId: true, object: true },
  ...{ endedAt: true, endCause: true },
} as const;

/** Living links and tombstones of these contacts or records, newest first. */
export async function findKnownLinks(
  db: Db,
  scope: Scope,
  of: { contactId: { in: string[] } } | { recordId: { in: string[] } },
): Promise<KnownLink[]> {
  const orderBy = { createdAt: 'desc' } as const;
  const rows = await db.link.findMany({ where: { ...scope, ...of }, orderBy, select: linkColumns });
  return rows.map(linkOf);
}

export async function findLinksAfter(
  db: Db,
  scope: Scope,
  contactId: string | null,
  limit: number,
): Promise<KnownLink[]> {
  const rows = await db.$queryRaw<LinkRow[]>`
    SELECT "contactId", "recordId", object, "endedAt", "endCause" FROM "Link"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId} AND "endedAt" IS NULL
      AND "contactId" COLLATE "C" > ${contactId ?? ''}
    ORDER BY "contactId" COLLATE "C" LIMIT ${limit}::int`;
  return rows.map(linkOf);
}

/** Which of these records have not been stored as seen since then. */
export async function findUnread(
  db: Db,
  scope: Scope,
  recordIds: readonly string[],
  since: Date,
): Promise<Set<string>> {
  const where = { ...scope, side: 'SALESFORCE' as const, id: { in: [...recordIds] }, at: { gte: since } };
  const read = new Set((await db.seen.findMany({ where, select: { id: true } })).map(({ id }) => id));
  return new Set(recordIds.filter((id) => !read.has(id)));
}

export async function countUnread(db: Db, scope: Scope, object: RecordObject, since: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ unread: number }[]>`
    SELECT count(*)::int AS unread FROM "Link" link
    WHERE link."workspaceId" = ${scope.workspaceId}::uuid AND link."orgId" = ${scope.orgId}
      AND link.object = ${object}::"RecordObject" AND link."endedAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "Seen" seen
        WHERE seen."workspaceId" = link."workspaceId" AND seen."orgId" = link."orgId"
          AND seen.side = 'SALESFORCE' AND seen.id = link."recordId" AND seen.at >= ${since})`;
  return row?.unread ?? 0;
}

const coveredColumns = { Lead: 'leadCoveredUntil', Contact: 'contactCoveredUntil' } as const;

export async function findDailyCheck(db: Db, scope: Scope): Promise<DailyCheck> {
  const row = await db.dailyCheck.findUnique({ where: { workspaceId_orgId: scope } });
  const coveredUntil: DailyCheck['coveredUntil'] = {};
  for (const object of objects) {
    const at = row?.[coveredColumns[object]];
    if (at) coveredUntil[object] = at;
  }
  return {
    checkedAt: row?.checkedAt ?? null,
    coveredUntil,
    startedAt: row?.startedAt ?? null,
    linksAfter: row?.linksAfter ?? null,
  };
}

export async function storeDailyCheck(tx: Db, scope: Scope, check: DailyCheck): Promise<void> {
  const { checkedAt, coveredUntil, startedAt, linksAfter } = check;
  const data = {
    ...{ checkedAt, startedAt, linksAfter },
    leadCoveredUntil: coveredUntil.Lead ?? null,
    contactCoveredUntil: coveredUntil.Contact ?? null,
  };
  await tx.dailyCheck.upsert({
    where: { workspaceId_orgId: scope },
    create: { ...scope, ...data },
    update: data,
  });
}

const countedSchema = z.object({ deletes: z.string(), changes: z.string(), blanks: z.string() });

export async function findCountedAs(db: Db, scope: Scope): Promise<CountedAs | null> {
  const row = await db.dailyCheck.findUnique({
    where: { workspaceId_orgId: scope },
    select: { countedAs: true },
  });
  return countedSchema.nullable().parse(row?.countedAs ?? null);
}

export async function storeCountedAs(tx: Db, scope: Scope, countedAs: CountedAs): Promise<void> {
  await tx.dailyCheck.upsert({
    where: { workspaceId_orgId: scope },
    create: { ...scope, countedAs },
    update: { countedAs },
  });
}

/** Both connections, for the moment from which changes count. */
export function findConnections(db: Db, workspaceId: string) {
  return db.connection.findMany({
    where: { workspaceId },
    select: { crm: true, status: true, accountId: true, userId: true, connectedAt: true },
  });
}
