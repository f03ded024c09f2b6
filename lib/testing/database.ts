import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { sessionCookieName } from '#lib/auth/server/session-cookie.ts';
import { now } from '#lib/core/clock.ts';
import { sha256 } from '#lib/core/crypto.ts';
import { closeDb, db } from '#lib/core/db.ts';

/**
 * Gives the test file a database of its own, made from the migrated template, and drops it afterwards.
 * Call it at the top of a `*.db.test.ts`, before `testSimulators`. `env().DATABASE_URL` names it.
 */
export function testDatabase(): void {
  const name = `segbridge_test_${randomBytes(6).toString('hex')}`;
  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`);
    const url = new URL(inject('databaseServerUrl'));
    url.pathname = `/${name}`;
    process.env.DATABASE_URL = url.toString();
  });
  afterAll(async () => {
    await closeDb();
    await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Moves the database's clock forward, and the clocks of whatever else is given (simulators). */
export async function moveClock(
  ms: number,
  ...others: { clock(ms: number): Promise<void> }[]
): Promise<void> {
  await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + ${ms}::bigint`;
  for (const other of others) await other.clock(ms);
}

export type TestWorkspace = { workspaceId: string; userId: string; actor: Actor; cookie: string };

/** A workspace with one signed-in user. `cookie` is the whole Cookie header of that session. */
export async function createWorkspace(
  options: { role?: Actor['role']; hubId?: string; name?: string; timeZone?: string } = {},
): Promise<TestWorkspace> {
  const hubId = options.hubId ?? String(100_000_000 + randomBytes(4).readUInt32BE());
  const { id: workspaceId } = await db().workspace.create({
    data: { hubId, name: options.name ?? 'Northwind Trading', timeZone: options.timeZone ?? 'Europe/Berlin' },
  });
  return addUser(workspaceId, options.role ?? 'admin');
}

/** One more signed-in user of a workspace. */
export async function addUser(workspaceId: string, role: Actor['role']): Promise<TestWorkspace> {
  const name = role === 'admin' ? 'Maya Lindqvist' : 'Noor Haddad';
  const email = `${role}-${randomUUID()}@northwind.example`;
  const { id: userId } = await db().user.create({
    data: { workspaceId, name, email, role: role === 'admin' ? 'ADMIN' : 'VIEWER' },
  });
  const sessionToken = randomUUID();
  const expires = new Date((await now()).getTime() + 30 * 86_400_000);
  await db().session.create({ data: { sessionToken, userId, expires } });
  const actor: Actor = { userId, workspaceId, role, name, email, sessionHash: sha256(sessionToken) };
  return { workspaceId, userId, actor, cookie: `${sessionCookieName()}=${sessionToken}` };
}
