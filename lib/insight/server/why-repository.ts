import type { Db } from '#lib/core/db.ts';

type Person = { workspaceId: string; orgId: string; contactId: string };

export async function findConnections(db: Db, workspaceId: string) {
  const rows = await db.connection.findMany({
    where: { workspaceId },
    select: { crm: true, status: true, accountId: true, userId: true, apiLimit: true },
  });
  const of = (crm: 'HUBSPOT' | 'SALESFORCE') => rows.find((row) => row.crm === crm) ?? null;
  return { hubspot: of('HUBSPOT'), salesforce: of('SALESFORCE') };
}

/** Living links and tombstones of one contact, the newest first. */
export function findLinks(db: Db, { workspaceId, orgId, contactId }: Person) {
  return db.link.findMany({
    where: { workspaceId, orgId, contactId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
}
export type StoredLink = Awaited<ReturnType<typeof findLinks>>[number];

/** How many outcomes of one person are looked at. */
const mostOutcomes = 200;

export function findOutcomes(db: Db, { workspaceId, contactId }: Person) {
  return db.outcome.findMany({
    where: { workspaceId, contactId },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: mostOutcomes,
    include: { run: { select: { fields: true } } },
  });
}
export type StoredOutcome = Awaited<ReturnType<typeof findOutcomes>>[number];

/** Stays in any segment that was followed, the newest first. */
export function findStays(db: Db, { workspaceId, contactId }: Person) {
  return db.membership.findMany({
    where: { workspaceId, contactId },
    orderBy: { since: 'desc' },
    take: 50,
    select: {
      id: true,
      listId: true,
      since: true,
      until: true,
      isBaseline: true,
      through: true,
      leftThrough: true,
    },
  });
}
export type StoredStay = Awaited<ReturnType<typeof findStays>>[number];

export function findTrigger(db: Db, { workspaceId, orgId, contactId }: Person) {
  return db.trigger.findFirst({
    where: { workspaceId, orgId, contactId },
    select: { causes: true, dueAt: true, waitsFor: true, attempts: true, lastAt: true },
  });
}

export function findConflicts(db: Db, { workspaceId, orgId, contactId }: Person) {
  return db.conflict.findMany({
    where: { workspaceId, orgId, contactId },
    orderBy: { at: 'desc' },
    take: 50,
  });
}
/** Puts a conflict away; false if this contact has none of that id. */
export async function storeDismissal(
  db: Db,
  { id, at, ...contact }: { workspaceId: string; contactId: string; id: string; at: Date },
): Promise<boolean> {
  const { count } = await db.conflict.updateMany({ where: { id, ...contact }, data: { dismissedAt: at } });
  return count > 0;
}

export type StoredConflict = Awaited<ReturnType<typeof findConflicts>>[number];

/** What was last seen of a record's fields: since when each holds. */
export async function findSeenFields(db: Db, person: Person & { recordId: string }): Promise<unknown> {
  const { workspaceId, orgId, recordId } = person;
  const where = {
    workspaceId_orgId_side_id: { workspaceId, orgId, side: 'SALESFORCE' as const, id: recordId },
  };
  return (await db.seen.findUnique({ where, select: { fields: true } }))?.fields ?? null;
}

/** The numbers of runs in the order in which the workspace asked for them, by their ids. */
export async function numberRuns(db: Db, workspaceId: string, ids: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; number: number }[]>`
    SELECT run.id, (SELECT count(*)::int FROM "Run" other
      WHERE other."workspaceId" = run."workspaceId" AND other."createdAt" <= run."createdAt") AS number
    FROM "Run" run WHERE run."workspaceId" = ${workspaceId}::uuid AND run.id = ANY(${ids}::uuid[])`;
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** When both sides are looked at again, by the clock of the rules. */
export async function findNextCheck(db: Db, workspaceId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT greatest(run_at - now() + app_now(), app_now()) AS at FROM graphile_worker._private_jobs
    WHERE key = ${`poll:${workspaceId}`} LIMIT 1`;
  return row?.at ?? null;
}
