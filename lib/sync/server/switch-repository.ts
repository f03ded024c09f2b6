import { type Db, type Sql, sql } from '#lib/core/db.ts';
import type { Scope } from '../store.ts';
import type { SwitchCounts, SwitchState } from '../switch.ts';

const states = {
  counting: 'COUNTING',
  processing: 'PROCESSING',
  counted: 'COUNTED',
  failed: 'FAILED',
} as const satisfies Record<SwitchState, string>;

export function findChange(db: Db, changeId: string) {
  return db.settingsChange.findUnique({ where: { id: changeId }, include: { count: true } });
}

/** Keeps a workspace's settings as they are until the transaction is over; nothing else waits for it. */
export async function keepSettings(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR SHARE`;
}

export function findChangeOf(db: Db, workspaceId: string, changeId: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, id: changeId }, include: { count: true } });
}

/** Changes of the gate that nobody has counted yet and that have no job to do it. */
export async function findUncounted(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT change.id FROM "SettingsChange" change
    LEFT JOIN "SwitchCount" count ON count."changeId" = change.id
    WHERE change."endedAt" IS NULL AND change."settledAt" IS NULL
      AND (count.state IS NULL OR count.state <> 'COUNTED')
      AND NOT EXISTS (
        SELECT 1 FROM graphile_worker.jobs job WHERE job.key = 'switch:' || change.id
          AND (job.locked_at IS NOT NULL OR job.attempts < job.max_attempts)
      )`;
  return rows.map(({ id }) => id);
}

/** The gate of a version; version 0 is the defaults: everybody. */
export async function inclusionListAt(db: Db, workspaceId: string, version: number): Promise<string | null> {
  const row = await db.settingsVersion.findUnique({
    where: { workspaceId_version: { workspaceId, version } },
    select: { values: true },
  });
  const values = row?.values;
  const listId =
    values && typeof values === 'object' && !Array.isArray(values) ? values.inclusionListId : null;
  return typeof listId === 'string' ? listId : null;
}

export async function storeCount(
  tx: Db,
  row: {
    changeId: string;
    workspaceId: string;
    state: SwitchState;
    counts?: SwitchCounts;
    countedAt: Date | null;
    reason: string | null;
  },
): Promise<void> {
  const { changeId, workspaceId, state, counts, ...rest } = row;
  const data = { ...rest, state: states[state], ...(counts ? { counts } : {}) };
  await tx.switchCount.upsert({
    where: { changeId },
    create: { changeId, workspaceId, ...data },
    update: data,
  });
}

/** Ends the wait of a change for its count, or for a person; false if it had ended before. */
export async function settleChange(tx: Db, changeId: string, at: Date): Promise<boolean> {
  const where = { id: changeId, endedAt: null, settledAt: null };
  return (await tx.settingsChange.updateMany({ where, data: { settledAt: at } })).count === 1;
}

export type SwitchSides = {
  workspaceId: string;
  /** Null: no org is in use, so nobody is linked. */
  orgId: string | null;
  /** Null: all contacts. */
  from: string | null;
  to: string | null;
  /** Members of `to` as they were just read; left out: those that are stored. */
  members?: readonly string[];
};

/**
 * Who does what when the gate goes from one segment to the other, by the stored memberships: rows of "contactId",
 * "group" and "isLinked". Of "all contacts" those are known by id who are linked, were seen, or are in the other
 * segment.
 */
export function switchSides({ workspaceId, orgId, from, to, members }: SwitchSides): Sql {
  const newest = members
    ? sql`SELECT DISTINCT unnest(${[...members]}::text[]) AS "contactId"`
    : sql`SELECT "contactId" FROM "Membership"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "listId" = ${to} AND until IS NULL`;
  return sql`
    WITH linked AS (
      SELECT "contactId", bool_or(origin = 'CREATION_EXCEPTION') AS exception FROM "Link"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId} AND "endedAt" IS NULL GROUP BY "contactId"
    ), former AS (
      SELECT "contactId" FROM "Membership"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "listId" = ${from} AND until IS NULL
    ), newest AS (
      ${newest}
    ), known AS (
      SELECT "contactId" FROM linked UNION SELECT "contactId" FROM former UNION SELECT "contactId" FROM newest
      UNION SELECT id FROM "Seen"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId} AND side = 'HUBSPOT'
    ), sides AS (
      SELECT known."contactId", linked."contactId" IS NOT NULL AS "isLinked", coalesce(linked.exception, false)
        AND NOT EXISTS (SELECT 1 FROM "Membership" stay WHERE stay."workspaceId" = ${workspaceId}::uuid
          AND stay."contactId" = known."contactId") AS exception,
        ${from}::text IS NULL OR former."contactId" IS NOT NULL AS before,
        ${to}::text IS NULL OR newest."contactId" IS NOT NULL AS after
      FROM known LEFT JOIN linked USING ("contactId") LEFT JOIN former USING ("contactId")
        LEFT JOIN newest USING ("contactId")
    )
    SELECT "contactId", "isLinked",
      CASE WHEN before AND after THEN 'both' WHEN before THEN 'stop' WHEN after THEN 'start' ELSE 'neither' END AS "group"
    FROM sides
    UNION ALL SELECT "contactId", "isLinked", 'exception' FROM sides WHERE "isLinked" AND NOT after AND exception
    UNION ALL SELECT "contactId", "isLinked", 'frozen' FROM sides WHERE "isLinked" AND NOT after AND NOT exception`;
}

/** Puts down who does what when a change of the gate comes into force. */
export async function storePeople(
  tx: Db,
  change: { changeId: string; scope: Scope; from: string | null; to: string | null },
): Promise<void> {
  const { changeId, scope, from, to } = change;
  const { workspaceId, orgId } = scope;
  await tx.switchPerson.deleteMany({ where: { changeId } });
  await tx.$executeRaw`
    INSERT INTO "SwitchPerson" ("changeId", "workspaceId", "group", "contactId", "isLinked")
    SELECT ${changeId}::uuid, ${workspaceId}::uuid, "group", "contactId", "isLinked"
    FROM (${switchSides({ workspaceId, orgId, from, to })}) AS people`;
}

export type GroupCount = { group: string; people: number; linked: number };

export async function countPeople(db: Db, changeId: string): Promise<GroupCount[]> {
  return db.$queryRaw<GroupCount[]>`
    SELECT "group", count(*)::int AS people, count(*) FILTER (WHERE "isLinked")::int AS linked
    FROM "SwitchPerson" WHERE "changeId" = ${changeId}::uuid GROUP BY "group"`;
}

/** Linked people who were outside before as well. */
export async function countFrozenBefore(db: Db, changeId: string): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "SwitchPerson" frozen
    JOIN "SwitchPerson" neither ON neither."changeId" = frozen."changeId"
      AND neither."contactId" = frozen."contactId" AND neither."group" = 'neither'
    WHERE frozen."changeId" = ${changeId}::uuid AND frozen."group" = 'frozen'`;
  return rows[0]?.n ?? 0;
}
