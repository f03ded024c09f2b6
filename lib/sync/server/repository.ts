import type { Db } from '#lib/core/db.ts';
import {
  activeRunStatuses,
  type Forecast,
  forecastSchema,
  type Run,
  type RunCursor,
  type RunStatus,
  runCursorSchema,
  runReasons,
  startCursor,
} from '../schemas.ts';
import type { RunChange, RunRef, Scope } from '../store.ts';
import { deleteScan } from './scan-repository.ts';

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

/** Makes the starts of one workspace's runs, and changes of its settings, wait for one another. */
export async function lockRuns(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

export function findActiveRun(db: Db, workspaceId: string) {
  return db.run.findFirst({
    where: { workspaceId, kind: { in: ['RESYNC', 'IMPORT'] }, status: { in: activeRunStatuses } },
  });
}

export function insertRun(
  tx: Db,
  data: {
    kind: 'RESYNC' | 'IMPORT';
    workspaceId: string;
    orgId: string;
    settingsVersion: number;
    listId: string | null;
    segmentName: string | null;
    startedById: string;
    startedBy: string;
    createdAt: Date;
    total: number | null;
    forecast: Forecast | undefined;
  },
) {
  const { forecast, ...rest } = data;
  return tx.run.create({ data: { ...rest, ...(forecast ? { forecast } : {}) } });
}

export function findRun(db: Db, id: string) {
  return db.run.findUnique({ where: { id } });
}

export function findRunOf(db: Db, workspaceId: string, id: string) {
  return db.run.findFirst({ where: { workspaceId, id } });
}

export function findRuns(db: Db, workspaceId: string, take: number) {
  return db.run.findMany({ where: { workspaceId }, orderBy: { createdAt: 'desc' }, take });
}

/** Changes a run that is still active; false if it has ended meanwhile. */
export async function changeRun(db: Db, id: string, data: RunChange): Promise<boolean> {
  const where = { id, status: { in: activeRunStatuses } };
  // What it knew of the org is of no use any more.
  if (data.finishedAt) await deleteScan(db, id);
  return (await db.run.updateMany({ where, data })).count === 1;
}

/** From one status to another, if it still is in the first. */
export async function moveRun(db: Db, id: string, from: RunStatus[], to: RunStatus): Promise<boolean> {
  return (await db.run.updateMany({ where: { id, status: { in: from } }, data: { status: to } })).count === 1;
}

export async function statusOf(db: Db, id: string): Promise<RunStatus> {
  return (await db.run.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;
}

export async function addCalls(
  db: Db,
  runId: string,
  calls: { hubspot: number; salesforce: number },
): Promise<void> {
  await db.run.update({
    where: { id: runId },
    data: {
      hubspotCalls: { increment: calls.hubspot },
      salesforceCalls: { increment: calls.salesforce },
    },
  });
}

const inboxKinds: ('POLL' | 'RETRY')[] = ['POLL', 'RETRY'];

/** The run for what is in the inbox that is under way. */
export function findInboxRun(db: Db, { workspaceId, orgId }: Scope) {
  return db.run.findFirst({
    where: { workspaceId, orgId, kind: { in: inboxKinds }, status: { in: activeRunStatuses } },
    orderBy: { createdAt: 'asc' },
  });
}

/** A run for what is in the inbox; the one that is under way, if there is one. */
export async function openInboxRun(
  tx: Db,
  scope: Scope,
  given: { kind: 'POLL' | 'RETRY'; settingsVersion: number; at: Date },
): Promise<RunRef> {
  await lockRuns(tx, scope.workspaceId);
  const known = await findInboxRun(tx, scope);
  if (known) return refOf(known);
  const { kind, settingsVersion, at } = given;
  const run = await tx.run.create({
    data: { ...scope, kind, settingsVersion, status: 'RUNNING', createdAt: at, startedAt: at },
  });
  return refOf(run);
}

/** A run as the engine sees it. */
export function refOf(run: Pick<RunRow, 'id' | 'kind' | 'listId' | 'createdAt' | 'startedAt'>): RunRef {
  return { id: run.id, kind: run.kind, listId: run.listId, since: run.startedAt ?? run.createdAt };
}

export async function countCalls(db: Db, workspaceId: string, since: Date): Promise<number> {
  const { _sum } = await db.apiUse.aggregate({
    where: { workspaceId, crm: 'SALESFORCE', hour: { gt: since } },
    _sum: { calls: true },
  });
  return _sum.calls ?? 0;
}

export function findWorkspace(db: Db, id: string) {
  return db.workspace.findUniqueOrThrow({ where: { id } });
}

/** Active runs for which no job is left in the queue, such as after too many attempts. */
export function findRunsWithoutJob(db: Db): Promise<Pick<RunRef, 'id' | 'kind'>[]> {
  return db.$queryRaw<Pick<RunRef, 'id' | 'kind'>[]>`
    SELECT run.id, run.kind::text AS kind FROM "Run" run
    WHERE run.kind IN ('RESYNC', 'IMPORT') AND run.status::text = ANY(${activeRunStatuses}::text[]) AND NOT EXISTS (
      SELECT 1 FROM graphile_worker.jobs job
      WHERE job.key = 'run:' || run.id
        AND (job.locked_at IS NOT NULL OR job.attempts < job.max_attempts)
    )`;
}

export function cursorOf(run: { cursor: unknown }): RunCursor {
  return run.cursor === null ? startCursor : runCursorSchema.parse(run.cursor);
}

/** A run as the API shows it. */
export function viewOf(row: RunRow): Run {
  const { workspaceId: _workspace, orgId: _org, startedById: _user, ...known } = row;
  const { cursor: _cursor, fields: _fields, ...rest } = known;
  const forecast = forecastSchema.safeParse(row.forecast);
  return {
    ...rest,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    forecast: forecast.success ? forecast.data : null,
    reason: runReasons.find((reason) => reason === row.reason) ?? null,
  };
}

/** Salesforce as it is connected, for runs. */
export function findSalesforceConnection(db: Db, workspaceId: string) {
  return db.connection.findUnique({
    where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
    select: { status: true, accountId: true, userId: true, apiLimit: true },
  });
}

/** All calls ever counted for a workspace. */
export async function totalCalls(
  db: Db,
  workspaceId: string,
): Promise<{ hubspot: number; salesforce: number }> {
  const rows = await db.apiUse.groupBy({ by: ['crm'], where: { workspaceId }, _sum: { calls: true } });
  const of = (crm: 'HUBSPOT' | 'SALESFORCE') => rows.find((row) => row.crm === crm)?._sum.calls ?? 0;
  return { hubspot: of('HUBSPOT'), salesforce: of('SALESFORCE') };
}

/** Resyncs and imports that wait for something. */
export function findWaitingRuns(db: Db, workspaceId: string) {
  return db.run.findMany({
    where: { workspaceId, status: 'WAITING', kind: { in: ['RESYNC', 'IMPORT'] } },
    select: { id: true, kind: true },
  });
}

/** A stopped run is under way again. */
export async function reopenRun(tx: Db, id: string): Promise<void> {
  const where = { id, status: 'STOPPED' as const };
  await tx.run.updateMany({ where, data: { status: 'QUEUED', finishedAt: null, reason: null } });
}

/** Whom outcomes are about, each person once. Ids of records mean nothing in another org. */
export function findPeopleOfOutcomes(db: Db, { workspaceId, orgId }: Scope, ids: string[]) {
  return db.outcome.findMany({
    where: { workspaceId, id: { in: ids }, run: { orgId } },
    distinct: ['contactId', 'recordId'],
    select: { contactId: true, recordId: true, object: true },
  });
}

/** The newest outcome of a contact since a moment. */
export function findOutcomeSince(db: Db, workspaceId: string, contactId: string, since: Date) {
  return db.outcome.findFirst({
    where: { workspaceId, contactId, at: { gte: since } },
    orderBy: { at: 'desc' },
    select: { id: true, runId: true, result: true, reason: true, category: true, code: true, at: true },
  });
}
