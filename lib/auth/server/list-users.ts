import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { Users } from '../schemas.ts';
import { findUsers } from './repository.ts';

/** Everybody who ever logged in to this workspace and was not removed, by name. */
export async function listUsers(actor: Actor): Promise<Result<Users>> {
  const rows = await findUsers(db(), actor.workspaceId);
  const users = rows.map((row) => ({
    id: row.id,
    name: row.name ?? row.email ?? '',
    email: row.email,
    role: row.role === 'ADMIN' ? ('admin' as const) : ('viewer' as const),
    isSuperAdmin: row.superAdmin === true,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    isYou: row.id === actor.userId,
  }));
  const me = users.find(({ isYou }) => isYou);
  return ok({ users, canEdit: me?.role === 'admin' });
}
