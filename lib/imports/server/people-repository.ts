import type { Db } from '#lib/core/db.ts';
import type { ImportPerson, ImportResult, PeopleGroup } from '../schemas.ts';

type Row = Omit<ImportPerson, 'object'> & { object: 'LEAD' | 'CONTACT' };
type Wanted = { importId: string; runId: string | null; group: PeopleGroup; search: string };

const noRun = '00000000-0000-0000-0000-000000000000';

/**
 * People of a group with what is planned for them and, once the run has come to them, what became of them. A
 * person stands in the run under the record that it was imported by.
 */
export async function findPeople(
  db: Db,
  wanted: Wanted,
  page: { skip: number; take: number },
): Promise<{ people: ImportPerson[]; total: number }> {
  const { importId, runId, group, search } = wanted;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await db.$queryRaw<(Row & { total: number })[]>`
    SELECT * , count(*) OVER ()::int AS total FROM (
      SELECT person."recordId", person.object::text AS object,
        coalesce(outcome.name, person.name) AS name, coalesce(outcome.email, person.email) AS email,
        coalesce(outcome."contactId", person."contactId") AS "contactId", person."inList",
        CASE WHEN outcome.result = 'FAILED' THEN 'failed' ELSE coalesce(outcome.reason, person.reason) END AS reason,
        outcome.category, outcome.code, person."group" AS planned, outcome.result::text AS result,
        coalesce(link."importOnly", false) AS "isEmailOnly"
      FROM "ImportPerson" person
      LEFT JOIN "Outcome" outcome ON outcome."runId" = ${runId ?? noRun}::uuid
        AND outcome."recordId" = person."recordId"
      LEFT JOIN "Link" link ON link."workspaceId" = person."workspaceId" AND link."endedAt" IS NULL
        AND link."recordId" = person."recordId" AND link."contactId" = outcome."contactId"
      WHERE person."importId" = ${importId}::uuid
    ) every
    WHERE CASE ${group}::text
        WHEN 'created' THEN result = 'CREATED'
        WHEN 'found' THEN result IN ('UPDATED', 'UNCHANGED')
        WHEN 'emailOnly' THEN result IN ('CREATED', 'UPDATED', 'UNCHANGED') AND "isEmailOnly"
        WHEN 'passedOver' THEN planned = 'skipped' OR result = 'SKIPPED'
        WHEN 'failed' THEN result = 'FAILED'
        WHEN 'notImported' THEN planned = 'skipped' OR result IN ('SKIPPED', 'FAILED')
        ELSE planned = ${group}::text END
      AND (${search} = '' OR name ILIKE ${pattern} OR email ILIKE ${pattern})
    ORDER BY lower(coalesce(name, email, '')), "recordId"
    LIMIT ${page.take}::int OFFSET ${page.skip}::int`;
  return { people: rows.map(personOf), total: rows[0]?.total ?? 0 };
}

function personOf({ recordId, object, name, email, contactId, inList, reason, category, code }: Row) {
  const kind = object === 'LEAD' ? ('lead' as const) : ('contact' as const);
  return { recordId, object: kind, name, email, contactId, inList, reason, category, code };
}

/** What became of those whom the run has come to. */
export async function countResult(db: Db, runId: string): Promise<ImportResult> {
  const rows = await db.$queryRaw<
    { result: string; reason: string | null; category: string | null; isEmailOnly: boolean; n: number }[]
  >`
    SELECT outcome.result::text AS result, outcome.reason, outcome.category,
      coalesce(link."importOnly", false) AS "isEmailOnly", count(*)::int AS n
    FROM "Outcome" outcome
    LEFT JOIN "Link" link ON link."workspaceId" = outcome."workspaceId" AND link."endedAt" IS NULL
      AND link."recordId" = outcome."recordId" AND link."contactId" = outcome."contactId"
    WHERE outcome."runId" = ${runId}::uuid
    GROUP BY 1, 2, 3, 4`;
  const sum = (is: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(is).reduce((total, { n }) => total + n, 0);
  const isFound = ({ result }: { result: string }) => result === 'UPDATED' || result === 'UNCHANGED';
  const names = (of: (row: (typeof rows)[number]) => string | null) => [
    ...new Set(rows.flatMap((row) => of(row) ?? [])),
  ];
  const reasonOf = (row: (typeof rows)[number]) => (row.result === 'SKIPPED' ? row.reason : null);
  const categoryOf = (row: (typeof rows)[number]) =>
    row.result === 'FAILED' ? (row.category ?? 'passing') : null;
  return {
    created: sum(({ result }) => result === 'CREATED'),
    linked: sum(isFound),
    emailOnly: sum((row) => row.isEmailOnly && (isFound(row) || row.result === 'CREATED')),
    skipped: names(reasonOf).map((reason) => ({ reason, count: sum((row) => reasonOf(row) === reason) })),
    failed: names(categoryOf).map((category) => ({
      category,
      count: sum((row) => categoryOf(row) === category),
    })),
  };
}
