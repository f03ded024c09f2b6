import type { Db } from '#lib/core/db.ts';

/** The session of a cookie's value with its user, if it has not ended. */
export function findSession(db: Db, sessionToken: string, now: Date) {
  return db.session.findFirst({
    where: { sessionToken, expires: { gt: now } },
    include: { user: { include: { workspace: true } } },
  });
}

export async function deleteSession(db: Db, sessionToken: string): Promise<void> {
  await db.session.deleteMany({ where: { sessionToken } });
}

export function findWorkspaceByHub(db: Db, hubId: string) {
  return db.workspace.findUnique({ where: { hubId }, include: { _count: { select: { users: true } } } });
}

export function createWorkspace(
  db: Db,
  data: { hubId: string; name: string; timeZone: string; uiDomain: string },
) {
  return db.workspace.create({ data });
}

export function findUserByAccount(db: Db, provider: string, providerAccountId: string) {
  return db.account
    .findUnique({
      where: { provider_providerAccountId: { provider, providerAccountId } },
      include: { user: true },
    })
    .then((account) => account?.user ?? null);
}

export function findUser(db: Db, id: string) {
  return db.user.findUnique({ where: { id } });
}

export function createUser(
  db: Db,
  data: { workspaceId: string; hubspotUserId: string; name: string; email: string; role: 'ADMIN' | 'VIEWER' },
) {
  return db.user.create({ data });
}

export function updateUser(
  db: Db,
  id: string,
  data: {
    name?: string;
    role?: 'ADMIN' | 'VIEWER';
    locale?: string;
    superAdmin?: boolean;
    lastLoginAt?: Date;
  },
) {
  return db.user.update({ where: { id }, data });
}

/** Stores which HubSpot user this is: ids only, never a token. */
export async function createAccount(
  db: Db,
  data: { userId: string; type: string; provider: string; providerAccountId: string },
): Promise<void> {
  await db.account.create({ data });
}

export function createSession(db: Db, data: { sessionToken: string; userId: string; expires: Date }) {
  return db.session.create({ data });
}

export function updateSession(db: Db, sessionToken: string, data: { expires?: Date }) {
  return db.session.update({ where: { sessionToken }, data });
}

export function findWorkspace(db: Db, id: string) {
  return db.workspace.findUniqueOrThrow({ where: { id } });
}

/** Makes concurrent changes of a workspace's people wait for one another. */
export async function lockUsers(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

export function findUsers(db: Db, workspaceId: string) {
  return db.user.findMany({ where: { workspaceId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

/** A person and all sessions; what they did stays in the audit log by name. */
export async function deleteUser(tx: Db, id: string): Promise<void> {
  await tx.user.delete({ where: { id } });
}
