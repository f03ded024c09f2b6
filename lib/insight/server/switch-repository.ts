import { type Db, type Sql, sql } from '#lib/core/db.ts';
import { type SwitchSides, switchSides } from '#lib/sync/server/index.ts';

export function findChange(db: Db, workspaceId: string, id: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, id }, include: { count: true } });
}
export type ChangeRow = NonNullable<Awaited<ReturnType<typeof findChange>>>;

/** The inclusion segment of a version; version 0 is the defaults: everybody. And who made it. */
export async function findGate(db: Db, workspaceId: string, version: number) {
  const row = await db.settingsVersion.findUnique({
    where: { workspaceId_version: { workspaceId, version } },
    select: { values: true, changedBy: true },
  });
  return { listId: listIdIn(row?.values), changedBy: row?.changedBy ?? null };
}

function listIdIn(values: unknown): string | null {
  if (typeof values !== 'object' || values === null || !('inclusionListId' in values)) return null;
  return typeof values.inclusionListId === 'string' ? values.inclusionListId : null;
}

export function findSegments(db: Db, workspaceId: string, listIds: string[]) {
  return db.segment.findMany({
    where: { workspaceId, listId: { in: listIds } },
    select: { listId: true, name: true, size: true },
  });
}

/** The change of the inclusion segment that came after a version; an undo has no change of its own. */
export async function findNext(db: Db, workspaceId: string, version: number) {
  const row = await db.settingsVersion.findFirst({
    where: { workspaceId, version: { gt: version }, keys: { has: 'inclusionListId' } },
    orderBy: { version: 'asc' },
  });
  if (!row) return null;
  const change = await db.settingsChange.findUnique({
    where: { workspaceId_version: { workspaceId, version: row.version } },
    select: { id: true },
  });
  return { changeId: change?.id ?? null, by: row.changedBy, at: row.changedAt, listId: listIdIn(row.values) };
}

export function findHold(db: Db, workspaceId: string, changeId: string) {
  return db.hold.findFirst({ where: { workspaceId, changeId }, orderBy: { since: 'desc' } });
}

export async function findAdmins(db: Db, workspaceId: string): Promise<string[]> {
  const users = await db.user.findMany({ where: { workspaceId, role: 'ADMIN' }, orderBy: { name: 'asc' } });
  return users.flatMap(({ name, email }) => name ?? email ?? []);
}

export function findWorkspace(db: Db, id: string) {
  return db.workspace.findUniqueOrThrow({ where: { id } });
}

// ------------------------------------------------------------------ people

/** The people of a change as they were counted, or of one that nobody has made, by the stored memberships. */
export type People = { changeId: string } | SwitchSides;

function rowsOf(people: People): Sql {
  if (!('changeId' in people)) return switchSides(people);
  return sql`SELECT "contactId", "isLinked", "group" FROM "SwitchPerson" WHERE "changeId" = ${people.changeId}::uuid`;
}

/** In the order of HubSpot's ids, which are numbers. */
export async function findPeopleIds(
  db: Db,
  people: People,
  groups: readonly string[],
  page: { after?: string | null; skip?: number; take: number },
): Promise<{ id: string; group: string; isLinked: boolean }[]> {
  const { after = null, skip = 0, take } = page;
  return db.$queryRaw`
    SELECT "contactId" AS id, "group", "isLinked" FROM (${rowsOf(people)}) AS people
    WHERE "group" = ANY(${[...groups]}::text[])
      AND (${after}::text IS NULL OR (length("contactId"), "contactId") > (length(${after}::text), ${after}::text))
    ORDER BY length("contactId"), "contactId" OFFSET ${skip}::int LIMIT ${take}::int`;
}

type GroupRow = { group: string; people: number; linked: number };

/** How many are in each group. */
export function countGroups(db: Db, people: People): Promise<GroupRow[]> {
  return db.$queryRaw<GroupRow[]>`
    SELECT "group", count(*)::int AS people, count(*) FILTER (WHERE "isLinked")::int AS linked
    FROM (${rowsOf(people)}) AS people GROUP BY "group"`;
}

export async function countPeopleIn(db: Db, people: People, groups: readonly string[]): Promise<number> {
  const rows = await countGroups(db, people);
  return rows.reduce((sum, row) => sum + (groups.includes(row.group) ? row.people : 0), 0);
}

export function findAmong(
  db: Db,
  people: People,
  groups: readonly string[],
  contactIds: string[],
): Promise<{ contactId: string; group: string; isLinked: boolean }[]> {
  return db.$queryRaw`
    SELECT "contactId", "group", "isLinked" FROM (${rowsOf(people)}) AS people
    WHERE "group" = ANY(${[...groups]}::text[]) AND "contactId" = ANY(${contactIds}::text[])`;
}

export function findLinks(db: Db, workspaceId: string, contactIds: string[]) {
  return db.link.findMany({
    where: { workspaceId, contactId: { in: contactIds }, endedAt: null },
    select: { contactId: true, recordId: true, object: true, createdAt: true, importOnly: true },
  });
}

/** When each of these left a segment last, whichever it was. */
export async function findLeaving(
  db: Db,
  workspaceId: string,
  contactIds: string[],
): Promise<Map<string, Date>> {
  const rows = await db.membership.groupBy({
    by: ['contactId'],
    where: { workspaceId, contactId: { in: contactIds }, until: { not: null } },
    _max: { until: true },
  });
  return new Map(
    rows.flatMap(({ contactId, _max }) => (_max.until ? [[contactId, _max.until] as const] : [])),
  );
}

/** Id of the Salesforce org in use; null while none is. */
export async function findOrg(db: Db, workspaceId: string): Promise<string | null> {
  const row = await db.connection.findUnique({
    where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
    select: { accountId: true },
  });
  return row?.accountId ?? null;
}

/** The newest import of an org whose records were counted. */
export function findCountedImport(db: Db, workspaceId: string, orgId: string) {
  return db.import.findFirst({
    where: { workspaceId, orgId, state: { in: ['COUNTED', 'STARTED'] }, countedAt: { not: null } },
    orderBy: { countedAt: 'desc' },
    select: { id: true, countedAt: true, choice: true },
  });
}

type CountedRecord = { address: string; object: 'LEAD' | 'CONTACT'; isFree: boolean };

/** Records of an import's count that have one of these addresses. */
export function findCountedRecords(
  db: Db,
  importId: string,
  orgId: string,
  addresses: string[],
): Promise<CountedRecord[]> {
  return db.$queryRaw`
    SELECT person.address, person.object::text AS object,
      NOT EXISTS (
        SELECT 1 FROM "Link" link WHERE link."workspaceId" = person."workspaceId"
          AND link."orgId" = ${orgId} AND link."recordId" = person."recordId"
      ) AS "isFree"
    FROM "ImportPerson" person
    WHERE person."importId" = ${importId}::uuid AND person.address = ANY(${addresses}::text[])`;
}

type SkippedRecord = { contactId: string; object: 'LEAD' | 'CONTACT'; isFree: boolean };

/** Records that asked for these people while they were outside the list, and were never linked. */
export function findRecordsOfSkipped(
  db: Db,
  workspaceId: string,
  orgId: string,
  contactIds: string[],
): Promise<SkippedRecord[]> {
  return db.$queryRaw`
    SELECT DISTINCT outcome."contactId", outcome.object::text AS object, true AS "isFree"
    FROM "Outcome" outcome JOIN "Run" run ON run.id = outcome."runId"
    WHERE outcome."workspaceId" = ${workspaceId}::uuid AND outcome."contactId" = ANY(${contactIds}::text[])
      AND run."orgId" = ${orgId} AND outcome.reason = 'not_in_segment' AND outcome."recordId" IS NOT NULL
      AND outcome.object IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM "Link" link WHERE link."workspaceId" = outcome."workspaceId"
          AND link."orgId" = ${orgId} AND link."recordId" = outcome."recordId"
      )`;
}

// ------------------------------------------------------------------ forecast

/** The last runs that came to their end, with what they called and how long they took. */
export async function findRunSpeeds(db: Db, workspaceId: string) {
  const runs = await db.run.findMany({
    where: { workspaceId, status: 'DONE', kind: { in: ['RESYNC', 'IMPORT'] } },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { salesforceCalls: true, hubspotCalls: true, startedAt: true, finishedAt: true },
  });
  return runs.flatMap(({ startedAt, finishedAt, ...calls }) =>
    startedAt && finishedAt
      ? [{ ...calls, seconds: (finishedAt.getTime() - startedAt.getTime()) / 1_000 }]
      : [],
  );
}

/** What the changes of people have cost since a moment, and when the first of them was. */
export async function findChangeCalls(db: Db, workspaceId: string, since: Date) {
  const { _sum, _min } = await db.run.aggregate({
    where: { workspaceId, kind: { in: ['POLL', 'RETRY'] }, createdAt: { gt: since } },
    _sum: { salesforceCalls: true, hubspotCalls: true },
    _min: { createdAt: true },
  });
  return {
    salesforce: _sum.salesforceCalls ?? 0,
    hubspot: _sum.hubspotCalls ?? 0,
    firstAt: _min.createdAt,
  };
}

// ------------------------------------------------------------------ before choosing

/** Segments whose members are stored. */
export function findWatches(db: Db, workspaceId: string) {
  return db.segmentWatch.findMany({
    where: { workspaceId, state: { in: ['READY', 'READING', 'PROCESSING'] } },
    select: { listId: true, state: true, baselineAt: true, fullReadAt: true },
  });
}
