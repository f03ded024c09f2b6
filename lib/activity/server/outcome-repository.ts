import type { Db } from '#lib/core/db.ts';
import type { Outcome } from '#prisma/generated/client.ts';
import type { OutcomeQuery, OutcomeStatus } from '../schemas.ts';
import { outcomesPageSize } from '../schemas.ts';

export type OutcomeRow = Awaited<ReturnType<typeof findOutcomes>>['rows'][number];

type Range = { from: Date | null; until: Date };

/** One page of a list, and how many rows it has in all. */
export async function findOutcomes(db: Db, workspaceId: string, query: OutcomeQuery, range: Range) {
  const where = await listOf(db, workspaceId, query, range);
  const [rows, total] = await Promise.all([
    db.outcome.findMany({
      where,
      orderBy: [{ at: 'desc' }, { id: 'asc' }],
      skip: (query.page - 1) * outcomesPageSize,
      take: outcomesPageSize,
      include: { run: { select: { settingsVersion: true, fields: true } } },
    }),
    db.outcome.count({ where }),
  ]);
  return { rows, total };
}

export function findOutcomesById(db: Db, workspaceId: string, ids: string[]) {
  return db.outcome.findMany({
    where: { workspaceId, id: { in: ids } },
    include: { run: { select: { settingsVersion: true, fields: true } } },
  });
}

/** The whole list, newest first, in pieces. */
export async function* eachOutcomes(db: Db, workspaceId: string, query: OutcomeQuery, range: Range) {
  const where = await listOf(db, workspaceId, query, range);
  let after: string | null = null;
  for (;;) {
    const rows: Outcome[] = await db.outcome.findMany({
      where,
      orderBy: [{ at: 'desc' }, { id: 'asc' }],
      take: pieceSize,
      ...(after ? { cursor: { id: after }, skip: 1 } : {}),
    });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < pieceSize) return;
  }
}

const pieceSize = 1_000;

async function listOf(db: Db, workspaceId: string, query: OutcomeQuery, range: Range) {
  const ids = query.search === '' ? null : await findByText(db, workspaceId, query.search, range);
  return {
    ...conditions(workspaceId, query),
    at: { lte: range.until, ...(range.from ? { gte: range.from } : {}) },
    ...(ids ? { id: { in: ids } } : {}),
  };
}

export function countWaiting(db: Db, workspaceId: string): Promise<number> {
  return db.trigger.count({ where: { workspaceId } });
}

/** How many rows of the list have come since. */
export async function countNewer(
  db: Db,
  workspaceId: string,
  query: OutcomeQuery,
  until: Date,
): Promise<number> {
  const at = { gt: until };
  if (query.search === '') {
    return db.outcome.count({ where: { ...conditions(workspaceId, query), at } });
  }
  const ids = await findByText(db, workspaceId, query.search, { from: until, until: null });
  return db.outcome.count({ where: { ...conditions(workspaceId, query), at, id: { in: ids } } });
}

function conditions(workspaceId: string, query: OutcomeQuery) {
  const { status, direction, trigger, run, result, reason, code } = query;
  return {
    workspaceId,
    AND: [status ? statusCondition(status) : {}, code ? codeCondition(code) : {}],
    ...(result ? { result } : {}),
    ...(reason ? { reason } : {}),
    ...(direction ? { direction: { in: directionsOf(direction) } } : {}),
    ...(trigger ? { trigger } : {}),
    ...(run ? { runId: run } : {}),
  };
}

const synced = ['CREATED' as const, 'UPDATED' as const, 'UNCHANGED' as const];

/** A person of whom any field failed is an error, whatever else was written. */
function statusCondition(status: OutcomeStatus) {
  if (status === 'skipped') return { result: 'SKIPPED' as const };
  if (status === 'synced') return { result: { in: synced }, code: null };
  return { OR: [{ result: 'FAILED' as const }, { result: { in: synced }, code: { not: null } }] };
}

/** The whole person failed so, or any field. */
function codeCondition(code: string) {
  return { OR: [{ code }, { changes: { array_contains: [{ failure: { code } }] } }] };
}

function directionsOf(direction: 'to_salesforce' | 'to_hubspot') {
  return direction === 'to_salesforce'
    ? (['TO_SALESFORCE', 'BOTH'] as const).slice()
    : (['TO_HUBSPOT', 'BOTH'] as const).slice();
}

const mostFound = 10_000;

/** Ids of the newest rows whose name or address contains the text, without case and accents. */
async function findByText(
  db: Db,
  workspaceId: string,
  text: string,
  range: { from: Date | null; until: Date | null },
): Promise<string[]> {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  // The database may have the C locale, which knows no case beyond ASCII; this collation does.
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Outcome"
    WHERE "workspaceId" = ${workspaceId}::uuid
      AND (${range.from}::timestamptz IS NULL OR at >= ${range.from})
      AND (${range.until}::timestamptz IS NULL OR at <= ${range.until})
      AND position(${plain} IN regexp_replace(
        lower(normalize(concat_ws(E'\n', name, email), NFD) COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'
      )) > 0
    ORDER BY at DESC LIMIT ${mostFound}::int`;
  return rows.map(({ id }) => id);
}

/** Where records of this workspace are looked at. */
export async function findAddresses(db: Db, workspaceId: string) {
  const [workspace, salesforce] = await Promise.all([
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { hubId: true, uiDomain: true } }),
    db.connection.findUnique({
      where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
      select: { apiUrl: true },
    }),
  ]);
  return { ...workspace, salesforceUrl: salesforce?.apiUrl ?? null };
}
