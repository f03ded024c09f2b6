import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type Db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { findUsers, lockUsers } from './repository.ts';

export type UserRow = Awaited<ReturnType<typeof findUsers>>[number];

type Change = {
  action: 'user.role' | 'user.removed';
  /** Whether an admin is fewer afterwards. */
  endsAdmin: (user: UserRow) => boolean;
  /** What is written, and what the audit log says then; null: nothing changes. */
  write: (tx: Db, user: UserRow) => Promise<{ oldValue: unknown; newValue?: unknown } | null>;
};

/**
 * Changes one person of the actor's workspace, with its audit entry. Fails with `not_found`, or `last_admin`
 * if nobody could change anything afterwards.
 */
export function changePeople(actor: Actor, userId: string, change: Change): Promise<Result<null>> {
  return inTransaction(async (tx): Promise<Result<null>> => {
    await lockUsers(tx, actor.workspaceId);
    const users = await findUsers(tx, actor.workspaceId);
    const user = users.find(({ id }) => id === userId);
    if (!user) return fail({ code: 'not_found' });
    const admins = users.filter(({ role }) => role === 'ADMIN').length;
    if (user.role === 'ADMIN' && change.endsAdmin(user) && admins === 1) return fail({ code: 'last_admin' });
    const written = await change.write(tx, user);
    if (!written) return ok(null);
    await recordAudit(tx, {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      action: change.action,
      app: 'segbridge',
      ...written,
      at: await now(tx),
      cause: actor.via ? { via: actor.via } : {},
    });
    return ok(null);
  });
}
