import { recordAudit } from '#lib/activity/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import type { HubSpotIdentity } from './hubspot-provider.ts';
import { findUser, updateUser } from './repository.ts';

/**
 * Brings a person up to date with what HubSpot says of them. A super admin is an admin from now on; without
 * HubSpot's answer the former role stays.
 */
export function recordSignIn(userId: string, { name, superAdmin }: HubSpotIdentity) {
  return inTransaction(async (tx) => {
    const user = await findUser(tx, userId);
    if (!user) throw new Error('The user who just logged in does not exist.');
    const at = await now(tx);
    const isPromoted = superAdmin === true && user.role === 'VIEWER';
    if (isPromoted) {
      await recordAudit(tx, {
        workspaceId: user.workspaceId,
        actorId: null,
        actor: 'HubSpot',
        action: 'user.role',
        app: 'segbridge',
        oldValue: { name, role: 'viewer' },
        newValue: { name, role: 'admin' },
        at,
      });
    }
    return updateUser(tx, userId, {
      name,
      lastLoginAt: at,
      ...(superAdmin === null ? {} : { superAdmin }),
      ...(isPromoted ? { role: 'ADMIN' } : {}),
    });
  });
}
