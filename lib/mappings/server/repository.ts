import type { Db } from '#lib/core/db.ts';
import { defaultMappings } from '../default-mappings.ts';

export async function createDefaultMappings(db: Db, workspaceId: string, at: Date): Promise<void> {
  await db.mapping.createMany({
    data: defaultMappings.map((mapping, position) => ({
      ...mapping,
      workspaceId,
      // Their order is that of the table, wherever mappings are listed by age.
      createdAt: new Date(at.getTime() + position),
      rule: 'PREFER_SALESFORCE' as const,
      isDefault: true,
    })),
  });
}

/** Serialises those who would make the default mappings of one workspace at the same moment. */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR UPDATE`;
}

export function countDefaultMappings(db: Db, workspaceId: string): Promise<number> {
  return db.mapping.count({ where: { workspaceId, isDefault: true } });
}

export function findMappings(db: Db, workspaceId: string) {
  return db.mapping.findMany({ where: { workspaceId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}
