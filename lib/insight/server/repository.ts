import type { Db } from '#lib/core/db.ts';
import { Prisma } from '#prisma/generated/client.ts';

/**
 * The errors that people have now: the failures of each person's newest outcome, one row per failed field (one
 * without a property if the whole person failed). Who was synced or skipped since has none any more.
 */
function failuresOf(workspaceId: string) {
  return Prisma.sql`
    SELECT o.id, o.at, o.name, o.email, failure.category, failure.code, failure.property
    FROM "Outcome" o CROSS JOIN LATERAL (
      SELECT change->'failure'->>'category' AS category, change->'failure'->>'code' AS code,
        change->>'property' AS property
      FROM jsonb_array_elements(o.changes) change WHERE change ? 'failure'
      UNION ALL
      SELECT o.category, o.code, NULL
      WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(o.changes) change WHERE change ? 'failure')
    ) failure
    WHERE o."workspaceId" = ${workspaceId}::uuid AND o.category IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM "Outcome" later WHERE later."workspaceId" = o."workspaceId"
          AND later."contactId" = o."contactId" AND (later.at, later.id) > (o.at, o.id)
      )
      AND (o."contactId" IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM "Outcome" later WHERE later."workspaceId" = o."workspaceId"
          AND later."recordId" = o."recordId" AND (later.at, later.id) > (o.at, o.id)
      ))`;
}

/** How many different errors of each code there are, and how many people have them. */
export function countErrors(db: Db, workspaceId: string) {
  return db.$queryRaw<{ category: string; code: string; errors: number; records: number }[]>`
    WITH failures AS (${failuresOf(workspaceId)})
    SELECT category, code, count(DISTINCT coalesce(property, ''))::int AS errors,
      count(DISTINCT id)::int AS records
    FROM failures GROUP BY category, code ORDER BY records DESC, code`;
}

/** People per category; without one: all together. Somebody may have errors of several categories. */
export function countPeople(db: Db, workspaceId: string) {
  return db.$queryRaw<{ category: string | null; records: number }[]>`
    WITH failures AS (${failuresOf(workspaceId)})
    SELECT category, count(DISTINCT id)::int AS records FROM failures GROUP BY ROLLUP (category)`;
}

export type ErrorFilter = { category: string | null; codes: string[] | null; search: string };

/** Ids of the outcomes with errors, newest first, and how many there are in all. */
export async function findErrorIds(
  db: Db,
  workspaceId: string,
  filter: ErrorFilter,
  page: { skip: number; take: number | null },
): Promise<{ ids: string[]; total: number }> {
  const { category, codes, search } = filter;
  const plain = search.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  // The database may have the C locale, which knows no case beyond ASCII; this collation does.
  const rows = await db.$queryRaw<{ id: string; total: number }[]>`
    WITH failures AS (${failuresOf(workspaceId)})
    SELECT id, (count(*) OVER ())::int AS total FROM failures
    WHERE (${category}::text IS NULL OR category = ${category})
      AND (${codes}::text[] IS NULL OR code = ANY(${codes}::text[]))
      AND position(${plain} IN regexp_replace(
        lower(normalize(concat_ws(E'\n', name, email), NFD) COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'
      )) > 0
    GROUP BY id, at ORDER BY at DESC, id OFFSET ${page.skip}::int LIMIT ${page.take}::int`;
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}
