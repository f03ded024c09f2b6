import type { Db } from '#lib/core/db.ts';
import type { ContactView } from '../contacts-schemas.ts';

type Scope = { workspaceId: string; orgId: string; listId: string | null };

/** One person as stored: membership, link, newest outcome, open trigger. */
export type PersonRow = {
  contactId: string;
  isMember: boolean;
  memberSince: Date | null;
  leftAt: Date | null;
  leftThrough: unknown;
  object: 'LEAD' | 'CONTACT' | null;
  recordId: string | null;
  linkedAt: Date | null;
  importOnly: boolean | null;
  origin: string | null;
  endCause: string | null;
  endedAt: Date | null;
  mergedInto: string | null;
  name: string | null;
  email: string | null;
  reason: string | null;
  category: string | null;
  code: string | null;
  severalRecords: boolean;
  lastAt: Date | null;
  waiting: number;
};

export type PersonFilter = {
  view: ContactView;
  /** Only these; null: everybody of the view. */
  ids: string[] | null;
  /** Plain text in the last known name or address; those in `found` pass as well. */
  search: string;
  found: string[];
  sort: 'name' | 'email' | 'since';
  direction: 'ascending' | 'descending';
  skip: number;
  take: number;
};

/** People of a view, page by page, and how many there are. */
export async function findPeople(
  db: Db,
  scope: Scope,
  filter: PersonFilter,
): Promise<{ rows: PersonRow[]; total: number }> {
  const { workspaceId, orgId, listId } = scope;
  const { view, ids, search, found, sort, skip, take } = filter;
  const down = filter.direction === 'descending';
  const rows = await db.$queryRaw<(PersonRow & { total: number })[]>`
    WITH known AS (
      SELECT "contactId" FROM "Link" WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId}
      UNION SELECT "contactId" FROM "Membership"
        WHERE "workspaceId" = ${workspaceId}::uuid AND "listId" = ${listId}
      UNION SELECT "contactId" FROM "Outcome"
        WHERE "workspaceId" = ${workspaceId}::uuid AND "contactId" IS NOT NULL
      UNION SELECT id FROM "Seen"
        WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId} AND side = 'HUBSPOT'
    ), people AS (
      SELECT known."contactId",
        (${listId}::text IS NULL AND (link.id IS NULL OR link."endCause" IS DISTINCT FROM 'deleted_in_hubspot'))
          OR (stay.id IS NOT NULL AND stay.until IS NULL) AS "isMember",
        CASE WHEN stay.until IS NULL THEN stay.since END AS "memberSince",
        stay.until AS "leftAt", stay."leftThrough", link.object, link."recordId", link."createdAt" AS "linkedAt",
        link."importOnly", link.origin::text AS origin, link."endCause", link."endedAt", link."mergedInto",
        named.name, named.email, last.reason, last.category, last.code, last.at AS "lastAt",
        coalesce('several_records' = ANY(last.warnings), false) AS "severalRecords",
        (SELECT count(*)::int FROM "Trigger" waiting WHERE waiting."workspaceId" = ${workspaceId}::uuid
          AND waiting."orgId" = ${orgId} AND waiting."contactId" = known."contactId") AS waiting
      FROM known
      LEFT JOIN LATERAL (SELECT * FROM "Membership" each WHERE each."workspaceId" = ${workspaceId}::uuid
        AND each."listId" = ${listId} AND each."contactId" = known."contactId"
        ORDER BY each.until DESC NULLS FIRST LIMIT 1) stay ON true
      LEFT JOIN LATERAL (SELECT * FROM "Link" each WHERE each."workspaceId" = ${workspaceId}::uuid
        AND each."orgId" = ${orgId} AND each."contactId" = known."contactId"
        ORDER BY each."endedAt" DESC NULLS FIRST, each."createdAt" DESC LIMIT 1) link ON true
      LEFT JOIN LATERAL (SELECT * FROM "Outcome" each WHERE each."workspaceId" = ${workspaceId}::uuid
        AND each."contactId" = known."contactId" ORDER BY each.at DESC, each.id LIMIT 1) last ON true
      LEFT JOIN LATERAL (SELECT each.name, each.email FROM "Outcome" each
        WHERE each."workspaceId" = ${workspaceId}::uuid AND each."contactId" = known."contactId"
          AND coalesce(each.name, each.email) IS NOT NULL ORDER BY each.at DESC, each.id LIMIT 1) named ON true
      WHERE ${ids}::text[] IS NULL OR known."contactId" = ANY(${ids}::text[])
    )
    SELECT *, (count(*) OVER ())::int AS total FROM people
    WHERE CASE ${view}
        WHEN 'syncing' THEN "isMember"
        WHEN 'outside' THEN NOT "isMember"
        WHEN 'left' THEN NOT "isMember" AND "leftAt" IS NOT NULL AND "linkedAt" IS NOT NULL AND "endedAt" IS NULL
        WHEN 'orphans' THEN "severalRecords"
          OR "endCause" IN ('deleted_in_salesforce', 'deleted_in_hubspot', 'merged')
        WHEN 'email-only' THEN NOT "isMember" AND "importOnly" AND "endedAt" IS NULL
        WHEN 'errors' THEN category IS NOT NULL
        ELSE true END
      AND (${search} = '' OR "contactId" = ANY(${found}::text[])
        OR position(${search} IN lower(concat_ws(E'\n', name, email) COLLATE "und-x-icu")) > 0)
    ORDER BY
      CASE WHEN ${sort} = 'name' AND NOT ${down} THEN lower(name) END ASC NULLS LAST,
      CASE WHEN ${sort} = 'name' AND ${down} THEN lower(name) END DESC NULLS LAST,
      CASE WHEN ${sort} = 'email' AND NOT ${down} THEN lower(email) END ASC NULLS LAST,
      CASE WHEN ${sort} = 'email' AND ${down} THEN lower(email) END DESC NULLS LAST,
      CASE WHEN ${sort} = 'since' AND NOT ${down}
        THEN coalesce("endedAt", "leftAt", "memberSince", "linkedAt", "lastAt") END ASC NULLS LAST,
      CASE WHEN ${sort} = 'since' AND ${down}
        THEN coalesce("endedAt", "leftAt", "memberSince", "linkedAt", "lastAt") END DESC NULLS LAST,
      "contactId"
    OFFSET ${skip}::int LIMIT ${take}::int`;
  return { rows, total: rows[0]?.total ?? 0 };
}

/** HubSpot's number of contacts, as last counted. */
export async function findContactCount(db: Db, workspaceId: string): Promise<number | null> {
  const row = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { contactCount: true },
  });
  return row.contactCount;
}

/** Contacts whose living or former record has this id, of 15 or 18 characters. */
export async function findContactsOfRecord(
  db: Db,
  { workspaceId, orgId }: Scope,
  recordId: string,
): Promise<string[]> {
  const rows = await db.link.findMany({
    where: { workspaceId, orgId, recordId: { startsWith: recordId.slice(0, 15) } },
    select: { contactId: true },
    take: 25,
  });
  return [...new Set(rows.map(({ contactId }) => contactId))];
}
