import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '#lib/core/db.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { type SettingsKey, type SettingsValues, settingsValuesSchema } from '../schemas.ts';

export type StoredSettings = { version: number; values: SettingsValues };

/** Makes concurrent changes of one workspace's settings wait for one another. */
export async function lockSettings(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

export async function newestSettings(db: Db, workspaceId: string): Promise<StoredSettings> {
  const row = await db.settingsVersion.findFirst({ where: { workspaceId }, orderBy: { version: 'desc' } });
  return { version: row?.version ?? 0, values: settingsValuesSchema.parse(row?.values ?? {}) };
}

/** The settings as they were in a version; version 0 is the defaults. */
export async function settingsAt(db: Db, workspaceId: string, version: number): Promise<StoredSettings> {
  if (version === 0) return { version, values: settingsValuesSchema.parse({}) };
  const row = await db.settingsVersion.findUniqueOrThrow({
    where: { workspaceId_version: { workspaceId, version } },
  });
  return { version, values: settingsValuesSchema.parse(row.values) };
}

export async function insertVersion(
  tx: Db,
  data: {
    workspaceId: string;
    version: number;
    values: SettingsValues;
    /** What it changed: one key, but for a restore or its undo. */
    keys: (SettingsKey | 'mapping')[];
    restoredFrom: number | null;
    changedById: string;
    changedBy: string;
    changedAt: Date;
  },
): Promise<void> {
  await tx.settingsVersion.create({ data: { ...data, key: data.keys[0] ?? null } });
}

/** For each key that was ever changed, the newest version that did: who and when. */
export function lastChanges(
  db: Db,
  workspaceId: string,
): Promise<{ key: string; changedBy: string | null; changedAt: Date }[]> {
  return db.$queryRaw`
    SELECT DISTINCT ON (changed.key) changed.key, "changedBy", "changedAt"
    FROM "SettingsVersion", unnest(keys) AS changed(key)
    WHERE "workspaceId" = ${workspaceId}::uuid ORDER BY changed.key, version DESC`;
}

export function findVersion(db: Db, workspaceId: string, version: number) {
  return db.settingsVersion.findUnique({ where: { workspaceId_version: { workspaceId, version } } });
}

/** The version that held at a moment; null before the first. */
export function findVersionAt(db: Db, workspaceId: string, at: Date) {
  return db.settingsVersion.findFirst({
    where: { workspaceId, changedAt: { lte: at } },
    orderBy: { version: 'desc' },
  });
}

/** The versions of a time that changed a setting, or mappings, newest first. */
export function findVersionsOf(
  db: Db,
  workspaceId: string,
  { after, until }: { after: Date; until: Date },
  key: string,
) {
  return db.settingsVersion.findMany({
    where: { workspaceId, changedAt: { gt: after, lte: until }, keys: { has: key } },
    orderBy: { version: 'desc' },
  });
}

/** The versions next to one: the one before it and the one after it. */
export async function versionsBeside(db: Db, workspaceId: string, version: number) {
  const [previous, next] = await Promise.all([
    db.settingsVersion.findFirst({
      where: { workspaceId, version: { lt: version } },
      orderBy: { version: 'desc' },
    }),
    db.settingsVersion.findFirst({
      where: { workspaceId, version: { gt: version } },
      orderBy: { version: 'asc' },
    }),
  ]);
  return { previous, next };
}

/** One page of the versions, newest first, and how many there are. */
export async function findVersions(db: Db, workspaceId: string, range: { skip: number; take: number }) {
  const [rows, total] = await Promise.all([
    db.settingsVersion.findMany({ where: { workspaceId }, orderBy: { version: 'desc' }, ...range }),
    db.settingsVersion.count({ where: { workspaceId } }),
  ]);
  return { rows, total };
}

/** The change of the gate that nothing has ended yet; it may already be in force. */
export function newestChange(db: Db, workspaceId: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, endedAt: null }, orderBy: { version: 'desc' } });
}

export function findChange(db: Db, workspaceId: string, id: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, id } });
}

/** Ends what waits, and with it the stop of the writing that it may have caused. */
export async function endChanges(tx: Db, workspaceId: string, at: Date): Promise<void> {
  await tx.hold.updateMany({ where: { workspaceId, cause: 'switch', endedAt: null }, data: { endedAt: at } });
  await tx.settingsChange.updateMany({ where: { workspaceId, endedAt: null }, data: { endedAt: at } });
}

export async function insertChange(
  tx: Db,
  data: { workspaceId: string; version: number; baseVersion: number; changedAt: Date; inForceAt: Date },
): Promise<void> {
  const where = { workspaceId: data.workspaceId, crm: 'SALESFORCE', status: 'CONNECTED' } as const;
  // Without Salesforce nothing can be written, so nothing has to be counted first.
  const isConnected = (await tx.connection.count({ where })) > 0;
  const settledAt = isConnected ? null : data.changedAt;
  const id = randomUUID();
  await tx.settingsChange.create({ data: { id, ...data, settledAt } });
  if (isConnected) await enqueue(tx, 'sync.countSwitch', { changeId: id }, { jobKey: `switch:${id}` });
}

export function findWorkspace(db: Db, workspaceId: string) {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
}

export async function storeContactCount(db: Db, workspaceId: string, count: number, at: Date): Promise<void> {
  await db.workspace.update({
    where: { id: workspaceId },
    data: { contactCount: count, contactCountAt: at },
  });
}

/** When a segment was deleted in HubSpot, as far as we saw it. */
export async function findSegmentDeletion(db: Db, workspaceId: string, listId: string): Promise<Date | null> {
  const row = await db.segment.findUnique({ where: { workspaceId_listId: { workspaceId, listId } } });
  return row?.deletedAt ?? null;
}

/** How many were in a segment at a moment; null if its members weren't followed then. */
export async function membersAt(
  db: Db,
  workspaceId: string,
  listId: string,
  at: Date,
): Promise<number | null> {
  const followed = await db.segmentWatch.count({
    where: {
      ...{ workspaceId, listId, baselineAt: { lte: at } },
      OR: [{ endedAt: null }, { endedAt: { gt: at } }],
    },
  });
  const workspace = { workspaceId, listId };
  const lasted = [{ until: null }, { until: { gt: at } }];
  return followed === 0
    ? null
    : db.membership.count({ where: { ...workspace, since: { lte: at }, OR: lasted } });
}

/** How many the switch that brought a segment counted in it, for a version under it; null if it was not counted. */
export async function countedBySwitch(
  db: Db,
  workspaceId: string,
  listId: string,
  version: number,
): Promise<number | null> {
  const change = await db.settingsChange.findFirst({
    where: { workspaceId, version: { lte: version } },
    orderBy: { version: 'desc' },
    include: { count: true },
  });
  if (!change?.count) return null;
  const brought = await settingsAt(db, workspaceId, change.version);
  const counts = z.object({ now: z.number() }).safeParse(change.count.counts);
  return brought.values.inclusionListId === listId && counts.success ? counts.data.now : null;
}
