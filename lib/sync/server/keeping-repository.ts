import type { Db } from '#lib/core/db.ts';

/**
 * Deletes what is kept for the keeping time alone (sync rules, section 7): outcomes, values of conflicts, the
 * people of switches and imports, scans of runs that nobody goes on with, what ended links remember. Counts, ids and living links stay.
 */
export async function forgetBefore(tx: Db, workspaceId: string, at: Date): Promise<void> {
  await tx.switchPerson.deleteMany({ where: { workspaceId, change: { changedAt: { lt: at } } } });
  await tx.importPerson.deleteMany({ where: { workspaceId, import: { createdAt: { lt: at } } } });
  await tx.orgScan.deleteMany({ where: { workspaceId, startedAt: { lt: at } } });
  await tx.outcome.deleteMany({ where: { workspaceId, at: { lt: at } } });
  await tx.conflict.deleteMany({ where: { workspaceId, at: { lt: at } } });
  await tx.link.updateMany({
    where: { workspaceId, endedAt: { lt: at } },
    data: { shadow: {}, fieldMemory: {} },
  });
}
