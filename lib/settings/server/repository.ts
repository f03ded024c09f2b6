import { randomUUID } from 'node:crypto';
import type { Db } from '#lib/core/db.ts';
import { type SettingsKey, type SettingsValues, settingsValuesSchema } from '../schemas.ts';

export type StoredSettings = { version: number; values: SettingsValues };

/** Makes concurrent changes of one workspace's settings wait for one another. */
export async function lockSettings(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR UPDATE`;
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
    key: SettingsKey;
    oldValue: unknown;
    changedById: string;
    changedBy: string;
    changedAt: Date;
  },
): Promise<void> {
  await tx.settingsVersion.create({ data: { ...data, oldValue: { value: data.oldValue ?? null } } });
}

/** The newest version that changed a key: who and when. */
export function lastChangeOf(db: Db, workspaceId: string, key: SettingsKey) {
  return db.settingsVersion.findFirst({ where: { workspaceId, key }, orderBy: { version: 'desc' } });
}

export async function oldValueOf(db: Db, workspaceId: string, version: number): Promise<unknown> {
  const row = await db.settingsVersion.findUniqueOrThrow({
    where: { workspaceId_version: { workspaceId, version } },
  });
  return (row.oldValue as { value: unknown } | null)?.value ?? null;
}

/** The change of the gate that nothing has ended yet; it may already be in force. */
export function newestChange(db: Db, workspaceId: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, endedAt: null }, orderBy: { version: 'desc' } });
}

export function findChange(db: Db, workspaceId: string, id: string) {
  return db.settingsChange.findFirst({ where: { workspaceId, id } });
}

export async function endChanges(tx: Db, workspaceId: string, at: Date): Promise<void> {
  await tx.settingsChange.updateMany({ where: { workspaceId, endedAt: null }, data: { endedAt: at } });
}

export async function insertChange(
  tx: Db,
  data: { workspaceId: string; version: number; baseVersion: number; changedAt: Date; inForceAt: Date },
): Promise<void> {
  await tx.settingsChange.create({ data: { id: randomUUID(), ...data } });
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
