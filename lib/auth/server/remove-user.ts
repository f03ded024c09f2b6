import type { Actor } from '#lib/auth/actor.ts';
import type { Result } from '#lib/core/result.ts';
import type { Users } from '../schemas.ts';
import { changePeople } from './change-people.ts';
import { listUsers } from './list-users.ts';
import { deleteUser } from './repository.ts';

/**
 * Ends a person's sessions and forgets them here; who still has access in HubSpot may log in again. Fails
 * with `not_found` or `last_admin`.
 */
export async function removeUser(actor: Actor, userId: string): Promise<Result<Users>> {
  const removed = await changePeople(actor, userId, {
    action: 'user.removed',
    endsAdmin: () => true,
    write: async (tx, user) => {
      await deleteUser(tx, user.id);
      return { oldValue: { name: user.name ?? user.email } };
    },
  });
  return removed.ok ? listUsers(actor) : removed;
}
