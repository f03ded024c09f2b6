import type { Db } from '#lib/core/db.ts';
import { activeRunStatuses } from '#lib/sync/schemas.ts';
import { type ImportChoice, type ImportCounts, importCountsSchema } from '../schemas.ts';

export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>;

export function findImport(db: Db, id: string) {
  return db.import.findUnique({ where: { id } });
}

export function findImportOf(db: Db, workspaceId: string, id: string) {
  return db.import.findFirst({ where: { workspaceId, id } });
}

export async function findImportOfRun(db: Db, runId: string): Promise<string | null> {
  return (await db.import.findUnique({ where: { runId }, select: { id: true } }))?.id ?? null;
}

/** Makes changes of one import wait for one another. */
export async function lockImport(tx: Db, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Import" WHERE id = ${id}::uuid FOR UPDATE`;
}

export function insertImport(
  tx: Db,
  {
    choice,
    ...data
  }: {
    workspaceId: string;
    orgId: string;
    choice: ImportChoice;
    listId: string | null;
    segmentName: string | null;
    createdById: string;
    createdBy: string;
    createdAt: Date;
  },
) {
  return tx.import.create({ data: { ...data, choice } });
}

/** Plans that nobody carried out, of before a moment. */
export async function deleteOldPlans(tx: Db, workspaceId: string, before: Date): Promise<void> {
  await tx.import.deleteMany({ where: { workspaceId, runId: null, createdAt: { lt: before } } });
}

/** The newest import whose run is under way. */
export async function findActiveImport(db: Db, workspaceId: string) {
  const runs = await db.run.findMany({
    where: { workspaceId, kind: 'IMPORT', status: { in: activeRunStatuses } },
    select: { id: true, total: true },
  });
  const ids = runs.map(({ id }) => id);
  const row = await db.import.findFirst({
    where: { workspaceId, runId: { in: ids } },
    orderBy: { createdAt: 'desc' },
  });
  return row ? { ...row, total: runs.find(({ id }) => id === row.runId)?.total ?? 0 } : null;
}

/** When the inclusion segment was last changed after a moment. */
export async function findListChange(db: Db, workspaceId: string, after: Date): Promise<Date | null> {
  const changed = [{ key: 'inclusionListId' }, { keys: { has: 'inclusionListId' } }];
  const row = await db.settingsVersion.findFirst({
    where: { workspaceId, changedAt: { gt: after }, OR: changed },
    orderBy: { version: 'desc' },
    select: { changedAt: true },
  });
  return row?.changedAt ?? null;
}

// ---------------------------------------------------------------- the run

export async function storeStart(tx: Db, id: string, runId: string): Promise<void> {
  await tx.import.update({ where: { id }, data: { state: 'STARTED', runId } });
}

export async function storeFinish(tx: Db, id: string, finishedAt: Date | null): Promise<void> {
  await tx.import.update({ where: { id }, data: { finishedAt } });
}

/** The next records to import after an id, in the order of ids. */
export function findRecordsToImport(db: Db, importId: string, after: string | null, take: number) {
  return db.importPerson.findMany({
    where: {
      importId,
      group: { in: ['create', 'link'] },
      ...(after === null ? {} : { recordId: { gt: after } }),
    },
    orderBy: { recordId: 'asc' },
    take,
    select: { recordId: true, object: true },
  });
}

export function parseCounts(counts: unknown): ImportCounts | null {
  return counts === null ? null : importCountsSchema.parse(counts);
}

export function findRun(db: Db, id: string) {
  return db.run.findUnique({ where: { id }, select: { workspaceId: true, status: true } });
}
