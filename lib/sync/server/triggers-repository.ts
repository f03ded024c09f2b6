import { randomUUID } from 'node:crypto';
import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import { activeRunStatuses } from '../schemas.ts';
import type { Link, PutOff, Scope, TriggerRef } from '../store.ts';
import { causesSchema, fileTriggers, type NewTrigger, type Trigger } from '../triggers.ts';

type Row = Omit<Trigger, 'causes'> & { causes: unknown };
const triggerOf = ({ causes, ...row }: Row): Trigger => ({ ...row, causes: causesSchema.parse(causes) });

const select = {
  ...{ id: true, contactId: true, recordId: true, object: true, causes: true },
  ...{ firstAt: true, lastAt: true, dueAt: true, version: true },
  ...{ waitsFor: true, waitsSince: true, attempts: true, runId: true },
} as const;

/** Makes changes of one workspace's inbox wait for one another, until the transaction ends. */
async function lockInbox(tx: Db, { workspaceId }: Scope): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`inbox:${workspaceId}`}, 0))::text`;
}

/**
 * Adds to the open row of each person, or opens one, in the caller's transaction. A record's row and its
 * contact's are one as soon as a link says so.
 */
export async function addTriggers(
  tx: Db,
  scope: Scope,
  rows: readonly NewTrigger[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await lockInbox(tx, scope);
  const whole = await withLinks(tx, scope, rows);
  const open = await findTriggersOf(tx, scope, {
    contactIds: whole.flatMap(({ contactId }) => contactId ?? []),
    recordIds: whole.flatMap(({ recordId }) => recordId ?? []),
  });
  const { stored, removed } = fileTriggers(open, whole, at, randomUUID);
  const known = new Set(open.map(({ id }) => id));
  if (removed.length > 0) await tx.trigger.deleteMany({ where: { id: { in: removed } } });
  const added = stored.filter(({ id }) => !known.has(id));
  await insert(tx, scope, added);
  await update(
    tx,
    stored.filter(({ id }) => known.has(id)),
  );
}

async function insert(tx: Db, scope: Scope, rows: readonly Trigger[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Trigger" (id, "workspaceId", "orgId", "contactId", "recordId", object, causes, "firstAt", "lastAt",
      "dueAt", version, "waitsFor", "waitsSince", attempts, "runId")
    SELECT given.id, ${scope.workspaceId}::uuid, ${scope.orgId}, given."contactId", given."recordId",
      given.object::"RecordObject", given.causes, given."firstAt", given."lastAt", given."dueAt", given.version,
      given."waitsFor", given."waitsSince", given.attempts, given."runId"
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, "contactId" text, "recordId" text,
      object text, causes jsonb, "firstAt" timestamptz, "lastAt" timestamptz, "dueAt" timestamptz, version int,
      "waitsFor" text, "waitsSince" timestamptz, attempts int, "runId" uuid)`;
}

async function update(tx: Db, rows: readonly Trigger[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Trigger" SET "contactId" = given."contactId", "recordId" = given."recordId",
      object = given.object::"RecordObject", causes = given.causes, "firstAt" = given."firstAt",
      "lastAt" = given."lastAt", "dueAt" = given."dueAt", version = given.version
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, "contactId" text, "recordId" text,
      object text, causes jsonb, "firstAt" timestamptz, "lastAt" timestamptz, "dueAt" timestamptz, version int)
    WHERE "Trigger".id = given.id`;
}

/** Each row with the other half of its person, where a living link tells it. */
async function withLinks(tx: Db, scope: Scope, rows: readonly NewTrigger[]): Promise<NewTrigger[]> {
  const contactIds = rows.flatMap((row) => (row.contactId && !row.recordId ? [row.contactId] : []));
  const recordIds = rows.flatMap((row) => (row.recordId && !row.contactId ? [row.recordId] : []));
  if (contactIds.length + recordIds.length === 0) return [...rows];
  const links = await tx.$queryRaw<Pick<Link, 'contactId' | 'recordId' | 'object'>[]>`
    SELECT "contactId", "recordId", object::text AS object FROM "Link"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId} AND "endedAt" IS NULL
      AND ("contactId" = ANY(${contactIds}::text[]) OR "recordId" = ANY(${recordIds}::text[]))`;
  const ofContact = new Map(links.map((link) => [link.contactId, link]));
  const ofRecord = new Map(links.map((link) => [link.recordId, link]));
  return rows.map((row) => {
    const link = row.recordId ? ofRecord.get(row.recordId) : ofContact.get(row.contactId ?? '');
    if (!link || (row.contactId && row.recordId)) return row;
    return { ...row, contactId: link.contactId, recordId: link.recordId, object: link.object };
  });
}

export async function findTriggersOf(
  db: Db,
  scope: Scope,
  ids: { contactIds: readonly string[]; recordIds: readonly string[] },
): Promise<Trigger[]> {
  const { contactIds, recordIds } = ids;
  if (contactIds.length + recordIds.length === 0) return [];
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, "contactId", "recordId", object::text AS object, causes, "firstAt", "lastAt", "dueAt", version,
      "waitsFor", "waitsSince", attempts, "runId"
    FROM "Trigger"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId}
      AND ("contactId" = ANY(${[...contactIds]}::text[]) OR "recordId" = ANY(${[...recordIds]}::text[]))
    ORDER BY "firstAt", id`;
  return rows.map(triggerOf);
}

export async function findTriggersOfRun(db: Db, runId: string, limit: number): Promise<Trigger[]> {
  const orderBy = [{ dueAt: 'asc' as const }, { id: 'asc' as const }];
  const rows = await db.trigger.findMany({ where: { runId }, orderBy, take: limit, select });
  return rows.map(triggerOf);
}

export async function findDueTriggers(db: Db, scope: Scope, at: Date, limit: number): Promise<Trigger[]> {
  const where = { ...scope, runId: null, dueAt: { lte: at } };
  const orderBy = [{ dueAt: 'asc' as const }, { id: 'asc' as const }];
  return (await db.trigger.findMany({ where, orderBy, take: limit, select })).map(triggerOf);
}

/** Rows in the order of their ids, after one of them. */
export async function findTriggersAfter(
  db: Db,
  scope: Scope,
  after: string | null,
  limit: number,
): Promise<Trigger[]> {
  const where = { ...scope, ...(after === null ? {} : { id: { gt: after } }) };
  const rows = await db.trigger.findMany({ where, orderBy: { id: 'asc' }, take: limit, select });
  return rows.map(triggerOf);
}

export async function findNextDue(db: Db, scope: Scope): Promise<Date | null> {
  const where = { ...scope, runId: null };
  const row = await db.trigger.findFirst({ where, orderBy: { dueAt: 'asc' }, select: { dueAt: true } });
  return row?.dueAt ?? null;
}

/** Removes rows as they were read; one that has grown since stays open, without a run, and is due. */
export async function closeTriggers(tx: Db, scope: Scope, refs: readonly TriggerRef[]): Promise<void> {
  if (refs.length === 0) return;
  await lockInbox(tx, scope);
  const json = JSON.stringify(refs);
  await tx.$executeRaw`
    DELETE FROM "Trigger" USING jsonb_to_recordset(${json}::jsonb) AS given(id uuid, version int)
    WHERE "Trigger".id = given.id AND "Trigger".version = given.version`;
  await tx.$executeRaw`
    UPDATE "Trigger" SET "runId" = NULL, "waitsFor" = NULL, "waitsSince" = NULL, attempts = 0
    FROM jsonb_to_recordset(${json}::jsonb) AS given(id uuid) WHERE "Trigger".id = given.id`;
}

/** Of everybody who waits because their record was deleted, the contact is to stay. */
export async function keepContacts(tx: Db, scope: Scope): Promise<void> {
  await lockInbox(tx, scope);
  const deleted = JSON.stringify({ kind: 'deleted', side: 'salesforce' });
  await tx.$executeRaw`
    UPDATE "Trigger" SET version = version + 1, causes = (
      SELECT jsonb_agg(CASE WHEN cause @> ${deleted}::jsonb THEN cause || '{"keepsContact": true}' ELSE cause END
        ORDER BY place)
      FROM jsonb_array_elements(causes) WITH ORDINALITY AS each(cause, place))
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId}
      AND causes @> jsonb_build_array(${deleted}::jsonb)`;
}

/** Leaves rows for later, without a run; one that has grown since is due as it says itself. */
export async function putOffTriggers(tx: Db, scope: Scope, rows: readonly PutOff[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await lockInbox(tx, scope);
  await tx.$executeRaw`
    UPDATE "Trigger" SET "runId" = NULL, attempts = given.attempts,
      "dueAt" = CASE WHEN "Trigger".version = given.version THEN given."dueAt" ELSE "Trigger"."dueAt" END,
      "waitsSince" = CASE WHEN "Trigger"."waitsFor" = given."waitsFor" THEN "Trigger"."waitsSince" ELSE ${at} END,
      "waitsFor" = given."waitsFor"
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb)
      AS given(id uuid, version int, "dueAt" timestamptz, "waitsFor" text, attempts int)
    WHERE "Trigger".id = given.id`;
}

/** Gives due rows that no run has to this one, oldest first; how many. */
export async function takeUpTriggers(
  tx: Db,
  scope: Scope,
  runId: string,
  limit: number,
  at: Date,
): Promise<number> {
  await lockInbox(tx, scope);
  return tx.$executeRaw`
    UPDATE "Trigger" SET "runId" = ${runId}::uuid WHERE id IN (
      SELECT id FROM "Trigger"
      WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId}
        AND "runId" IS NULL AND "dueAt" <= ${at}
      ORDER BY "dueAt", id LIMIT ${limit}::int)`;
}

/**
 * Inboxes with something due for which the queue has no job at hand. A job that waits because of trouble is left
 * alone; one that only waits for a later row is not.
 */
export function findInboxes(db: Db, at: Date): Promise<Scope[]> {
  return db.$queryRaw<Scope[]>`
    SELECT DISTINCT inbox."workspaceId", inbox."orgId" FROM "Trigger" inbox
    WHERE (inbox."runId" IS NOT NULL OR inbox."dueAt" <= ${at}) AND NOT EXISTS (
      SELECT 1 FROM graphile_worker._private_jobs job
      WHERE job.key = 'inbox:' || inbox."workspaceId" || ':' || inbox."orgId"
        AND (job.locked_at IS NOT NULL OR job.attempts < job.max_attempts)
        AND (job.locked_at IS NOT NULL OR job.run_at <= now() OR (job.payload ->> 'troubles')::int > 0))`;
}

/** Rows that a run had taken up which has ended since: nobody else would come for them. */
export async function freeOrphans(db: Db, { workspaceId, orgId }: Scope): Promise<void> {
  await db.$executeRaw`
    UPDATE "Trigger" SET "runId" = NULL
    WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId} AND "runId" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "Run" run
      WHERE run.id = "Trigger"."runId" AND run.status::text = ANY(${activeRunStatuses}::text[]))`;
}
