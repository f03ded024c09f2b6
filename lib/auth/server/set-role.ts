import type { Actor } from '#lib/auth/actor.ts';
import type { Result } from '#lib/core/result.ts';
import type { Role, Users } from '../schemas.ts';
import { changePeople } from './change-people.ts';
import { listUsers } from './list-users.ts';
import { updateUser } from './repository.ts';

/**
 * Lets a person change settings, or look only. HubSpot's super admins become admins again when they log in
 * next. Fails with `not_found` or `last_admin`.
 */
export async function setRole(actor: Actor, userId: string, role: Role): Promise<Result<Users>> {
  const wanted = role === 'admin' ? 'ADMIN' : 'VIEWER';
  const changed = await changePeople(actor, userId, {
    action: 'user.role',
    endsAdmin: () => wanted === 'VIEWER',
    write: async (tx, user) => {
      if (user.role === wanted) return null;
      await updateUser(tx, user.id, { role: wanted });
      const name = user.name ?? user.email;
      const former = user.role === 'ADMIN' ? 'admin' : 'viewer';
      return { oldValue: { name, role: former }, newValue: { name, role } };
    },
  });
  return changed.ok ? listUsers(actor) : changed;
}
