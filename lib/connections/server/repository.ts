import type { Db } from '#lib/core/db.ts';
import type { Crm } from '../rules.ts';

/** A connection as it is stored; its tokens are sealed. */
export type ConnectionRow = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

export function findConnection(db: Db, workspaceId: string, crm: Crm) {
  return db.connection.findUnique({ where: { workspaceId_crm: { workspaceId, crm } } });
}

export function listConnectionRows(db: Db, workspaceId: string) {
  return db.connection.findMany({ where: { workspaceId }, orderBy: { crm: 'asc' } });
}

export async function namesOfUsers(db: Db, workspaceId: string, ids: string[]): Promise<Map<string, string>> {
  const users = await db.user.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  return new Map(users.map(({ id, name, email }) => [id, name ?? email ?? '']));
}

/** Makes concurrent changes of one workspace's connections wait for one another. */
export async function lockConnections(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

export type NewConnection = {
  accountId: string;
  accountName: string | null;
  userId: string;
  username: string;
  sandbox: boolean;
  loginUrl: string;
  apiUrl: string;
  scopes: string[];
  /** Sealed. */
  accessToken: string;
  /** Sealed. */
  refreshToken: string;
  accessExpiresAt: Date | null;
  connectedById: string;
  connectedAt: Date;
  apiLimit?: number;
  apiUsed?: number;
  apiReadAt?: Date;
};

/** Puts a connection in place of whatever there was. A renewal under way for the former one is void. */
export async function putConnection(
  tx: Db,
  workspaceId: string,
  crm: Crm,
  data: NewConnection,
): Promise<void> {
  const rest = { expiredAt: null, disconnectedAt: null, refreshHolder: null, refreshUntil: null };
  await tx.connection.upsert({
    where: { workspaceId_crm: { workspaceId, crm } },
    create: { ...data, workspaceId, crm, status: 'CONNECTED' },
    update: { ...data, ...rest, status: 'CONNECTED', tokenVersion: { increment: 1 } },
  });
}

export async function markDisconnected(tx: Db, id: string, at: Date): Promise<void> {
  await tx.connection.update({
    where: { id },
    data: {
      status: 'DISCONNECTED',
      disconnectedAt: at,
      accessToken: null,
      refreshToken: null,
      accessExpiresAt: null,
      refreshHolder: null,
      refreshUntil: null,
      tokenVersion: { increment: 1 },
    },
  });
}

/** Erases what the sync remembers: links with their shadows, what was seen, what waits, intents, outcomes. */
export async function eraseSyncMemory(tx: Db, workspaceId: string): Promise<void> {
  await tx.outcome.deleteMany({ where: { workspaceId } });
  await tx.intent.deleteMany({ where: { workspaceId } });
  await tx.orgScan.deleteMany({ where: { workspaceId } });
  await tx.link.deleteMany({ where: { workspaceId } });
  await tx.trigger.deleteMany({ where: { workspaceId } });
  await tx.seen.deleteMany({ where: { workspaceId } });
  await tx.conflict.deleteMany({ where: { workspaceId } });
  await tx.collectCursor.deleteMany({ where: { workspaceId } });
  await tx.collectPair.deleteMany({ where: { workspaceId } });
  await tx.dailyCheck.deleteMany({ where: { workspaceId } });
  await tx.alarm.deleteMany({ where: { workspaceId } });
  await tx.hold.deleteMany({ where: { workspaceId } });
  await tx.import.deleteMany({ where: { workspaceId } });
}

// ---------------------------------------------------------------- renewing tokens

/**
 * Takes the lease to renew a token: one holder among all workers, until it is done or `leaseMs` have
 * passed. False: somebody else holds it, or the token was renewed meanwhile.
 */
export async function takeLease(
  db: Db,
  connection: { id: string; tokenVersion: number },
  holder: string,
  leaseMs: number,
): Promise<boolean> {
  const taken = await db.$executeRaw`
    UPDATE "Connection"
    SET "refreshHolder" = ${holder}::uuid, "refreshUntil" = app_now() + ${leaseMs}::int * interval '1 millisecond'
    WHERE id = ${connection.id}::uuid AND status = 'CONNECTED' AND "tokenVersion" = ${connection.tokenVersion}
      AND ("refreshUntil" IS NULL OR "refreshUntil" <= app_now())`;
  return taken === 1;
}

export async function releaseLease(db: Db, id: string, holder: string): Promise<void> {
  await db.connection.updateMany({
    where: { id, refreshHolder: holder },
    data: { refreshHolder: null, refreshUntil: null },
  });
}

/** Stores renewed tokens, unless somebody renewed, replaced or ended the connection meanwhile. */
export async function storeTokens(
  db: Db,
  connection: { id: string; tokenVersion: number },
  tokens: { accessToken: string; refreshToken?: string; accessExpiresAt: Date | null; apiUrl?: string },
): Promise<boolean> {
  const { count } = await db.connection.updateMany({
    where: { id: connection.id, tokenVersion: connection.tokenVersion, status: 'CONNECTED' },
    data: { ...tokens, tokenVersion: { increment: 1 }, refreshHolder: null, refreshUntil: null },
  });
  return count === 1;
}

/** Marks a connection whose refresh token is dead, unless it changed meanwhile. */
export async function markExpired(
  tx: Db,
  connection: { id: string; tokenVersion: number },
  at: Date,
): Promise<boolean> {
  const { count } = await tx.connection.updateMany({
    where: { id: connection.id, tokenVersion: connection.tokenVersion, status: 'CONNECTED' },
    data: {
      status: 'EXPIRED',
      expiredAt: at,
      accessToken: null,
      refreshToken: null,
      accessExpiresAt: null,
      refreshHolder: null,
      refreshUntil: null,
    },
  });
  return count === 1;
}

// ---------------------------------------------------------------- consents under way

export type Consent = {
  stateHash: string;
  workspaceId: string;
  userId: string;
  sessionHash: string;
  loginUrl: string;
  sandbox: boolean;
  /** Sealed. */
  codeVerifier: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Stores a consent that begins, and forgets those that ran out. */
export async function insertConsent(db: Db, consent: Consent): Promise<void> {
  await db.oAuthRequest.deleteMany({ where: { expiresAt: { lte: consent.createdAt } } });
  await db.oAuthRequest.create({ data: consent });
}

/** Takes a consent out, so that it is good once, and only for the session that began it. */
export async function takeConsent(
  db: Db,
  key: { stateHash: string; workspaceId: string; userId: string; sessionHash: string; now: Date },
): Promise<Consent | null> {
  const { now, ...bound } = key;
  const consent = await db.oAuthRequest.findUnique({ where: { stateHash: key.stateHash } });
  const { count } = await db.oAuthRequest.deleteMany({ where: { ...bound, expiresAt: { gt: now } } });
  return count === 1 ? consent : null;
}

// ---------------------------------------------------------------- use of the APIs

/** Adds calls to the current hour. A workspace that is gone has nothing to add to. */
export async function addCalls(db: Db, workspaceId: string, crm: Crm, calls: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ApiUse" ("workspaceId", crm, hour, calls)
    SELECT id, ${crm}::"Crm", date_trunc('hour', app_now()), ${calls} FROM "Workspace" WHERE id = ${workspaceId}::uuid
    ON CONFLICT ("workspaceId", crm, hour) DO UPDATE SET calls = "ApiUse".calls + excluded.calls`;
}
