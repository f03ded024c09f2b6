import { recordAudit } from '#lib/activity/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { seal } from '#lib/core/crypto.ts';
import { inTransaction } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { loginReplaces } from '../rules.ts';
import { findConnection, lockConnections, putConnection } from './repository.ts';

type HubSpotLogin = {
  workspaceId: string;
  /** Our user, who logged in. */
  userId: string;
  userName: string;
  hubId: string;
  hubDomain: string;
  hubspotUserId: string;
  email: string;
  tokens: { accessToken: string; refreshToken: string; expiresAt: Date; scopes: string[] };
  /** The person asked to connect anew: the tokens replace whatever there is. */
  reconnect?: boolean;
};

/**
 * Keeps the tokens of a log-in as the workspace's connection, if there is none yet or it has expired.
 * A working connection, and one that somebody ended, stay as they are unless `reconnect` is set.
 */
export async function saveHubSpotConnection(login: HubSpotLogin): Promise<{ saved: boolean }> {
  const { workspaceId, tokens } = login;
  const accessToken = await seal(tokens.accessToken);
  const refreshToken = await seal(tokens.refreshToken);
  return inTransaction(async (tx) => {
    await lockConnections(tx, workspaceId);
    const before = await findConnection(tx, workspaceId, 'HUBSPOT');
    if (!loginReplaces(before?.status ?? null, login.reconnect ?? false)) return { saved: false };
    const at = await now(tx);
    await putConnection(tx, workspaceId, 'HUBSPOT', {
      accountId: login.hubId,
      accountName: login.hubDomain,
      userId: login.hubspotUserId,
      username: login.email,
      sandbox: false,
      loginUrl: env().HUBSPOT_APP_URL,
      apiUrl: env().HUBSPOT_API_URL,
      scopes: tokens.scopes,
      accessToken,
      refreshToken,
      accessExpiresAt: tokens.expiresAt,
      connectedById: login.userId,
      connectedAt: at,
    });
    await recordAudit(tx, {
      workspaceId,
      actorId: login.userId,
      actor: login.userName,
      action: before ? 'connection.reconnected' : 'connection.connected',
      app: 'hubspot',
      newValue: { account: login.hubId, username: login.email },
      at,
    });
    return { saved: true };
  });
}
