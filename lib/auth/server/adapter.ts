import type { Adapter, AdapterAccount, AdapterSession, AdapterUser } from 'next-auth/adapters';
import { db, inTransaction } from '#lib/core/db.ts';
import type { HubSpotIdentity } from './hubspot-provider.ts';
import * as repository from './repository.ts';

/**
 * next-auth's storage. The ready-made one passes every field of the token answer on to the database, which
 * fails, and would keep tokens in clear: so accounts hold ids only here.
 *
 * `fresh` is set while HubSpot's answer is handled: a person who is logged in as somebody else must become
 * the new user, never be joined with the old one, who may belong to another workspace.
 */
export function authAdapter(options: { fresh: boolean }): Adapter {
  return {
    createUser: (user: Omit<AdapterUser, 'id'>) => createUser(user as unknown as HubSpotIdentity),
    getUser: async (id) => toAdapterUser(await repository.findUser(db(), id)),
    getUserByEmail: async () => null,
    getUserByAccount: async ({ provider, providerAccountId }) =>
      toAdapterUser(await repository.findUserByAccount(db(), provider, providerAccountId)),
    updateUser: async ({ id }) => {
      const user = toAdapterUser(await repository.findUser(db(), id));
      if (!user) throw new Error('There is no such user.');
      return user;
    },
    linkAccount: ({ userId, type, provider, providerAccountId }: AdapterAccount) =>
      repository.createAccount(db(), { userId, type, provider, providerAccountId }),
    createSession: (session) => repository.createSession(db(), session),
    getSessionAndUser: async (sessionToken) => (options.fresh ? null : sessionAndUser(sessionToken)),
    updateSession: ({ sessionToken, expires }) =>
      repository.updateSession(db(), sessionToken, expires ? { expires } : {}),
    deleteSession: (sessionToken) => repository.deleteSession(db(), sessionToken),
  };
}

/** The first person of a HubSpot account makes its workspace and is its admin. */
function createUser(identity: HubSpotIdentity): Promise<AdapterUser> {
  return inTransaction(async (tx) => {
    const known = await repository.findWorkspaceByHub(tx, identity.hubId);
    const workspace = known ?? (await repository.createWorkspace(tx, workspaceOf(identity)));
    const isFirst = known === null || known._count.users === 0;
    const user = await repository.createUser(tx, {
      workspaceId: workspace.id,
      hubspotUserId: identity.hubspotUserId,
      name: identity.name,
      email: identity.email,
      role: isFirst || identity.superAdmin === true ? 'ADMIN' : 'VIEWER',
    });
    return { id: user.id, name: user.name, email: user.email ?? '', emailVerified: null };
  });
}

function workspaceOf({ hubId, hubDomain, timeZone, uiDomain }: HubSpotIdentity) {
  return { hubId, name: hubDomain, timeZone, uiDomain };
}

function toAdapterUser(
  user: { id: string; name: string | null; email: string | null } | null,
): AdapterUser | null {
  return user && { id: user.id, name: user.name, email: user.email ?? '', emailVerified: null };
}

async function sessionAndUser(
  sessionToken: string,
): Promise<{ session: AdapterSession; user: AdapterUser } | null> {
  const found = await repository.findSession(db(), sessionToken, new Date());
  const user = toAdapterUser(found?.user ?? null);
  if (!found || !user) return null;
  return { session: { sessionToken, userId: user.id, expires: found.expires }, user };
}
