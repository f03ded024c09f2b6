import type { Db } from '#lib/core/db.ts';

/** Remembers these events and answers which of them are new. Those of before `forgetBefore` are forgotten. */
export async function takeEvents(
  tx: Db,
  workspaceId: string,
  keys: string[],
  at: Date,
  forgetBefore: Date,
): Promise<Set<string>> {
  await tx.webhookEvent.deleteMany({ where: { workspaceId, at: { lt: forgetBefore } } });
  const rows = await tx.webhookEvent.createManyAndReturn({
    data: [...new Set(keys)].map((key) => ({ workspaceId, key, at })),
    skipDuplicates: true,
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}

export async function findWorkspaceOfHub(db: Db, hubId: string): Promise<string | null> {
  return (await db.workspace.findUnique({ where: { hubId }, select: { id: true } }))?.id ?? null;
}

/** The orgs of which something is remembered. */
export async function findOrgs(db: Db, workspaceId: string): Promise<string[]> {
  const links = await db.link.findMany({
    where: { workspaceId },
    distinct: ['orgId'],
    select: { orgId: true },
  });
  const seen = await db.seen.findMany({
    where: { workspaceId },
    distinct: ['orgId'],
    select: { orgId: true },
  });
  return [...new Set([...links, ...seen].map(({ orgId }) => orgId))];
}

/** Erases what collecting remembers of these contacts, and what waits for them. */
export async function eraseCollected(tx: Db, workspaceId: string, contactIds: string[]): Promise<void> {
  const where = { workspaceId, contactId: { in: contactIds } };
  await tx.membership.deleteMany({ where });
  await tx.switchPerson.deleteMany({ where });
  await tx.trigger.deleteMany({ where });
  await tx.alarm.deleteMany({ where: { workspaceId, person: { in: contactIds } } });
  const pairs = { workspaceId, source: 'hubspot', id: { in: contactIds } };
  await tx.collectPair.deleteMany({ where: pairs });
}
