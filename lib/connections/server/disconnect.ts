import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { open } from '#lib/core/crypto.ts';
import { inTransaction } from '#lib/core/db.ts';
import { log } from '#lib/core/log.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { revoke as revokeHubSpot } from '#lib/crm/hubspot/index.ts';
import { revoke as revokeSalesforce } from '#lib/crm/salesforce/index.ts';
import { type Crm, disconnectPhrase } from '../rules.ts';
import type { DisconnectRequest } from '../schemas.ts';
import { hubspotApp, salesforceApp } from './apps.ts';
import {
  type ConnectionRow,
  eraseSyncMemory,
  findConnection,
  lockConnections,
  markDisconnected,
} from './repository.ts';

/**
 * Ends a connection: its tokens are forgotten here and ended at the vendor. Settings, mappings, their
 * history and, unless `erase` is set, links and outcomes stay. Fails with `disconnect_phrase`, or with
 * `hubspot_not_connected` / `salesforce_not_connected`.
 */
export async function disconnect(
  actor: Actor,
  crm: Crm,
  { phrase, erase, reason }: DisconnectRequest,
): Promise<Result<void>> {
  const app = crm === 'HUBSPOT' ? 'hubspot' : 'salesforce';
  const wanted = disconnectPhrase(app);
  if (phrase.trim() !== wanted) return fail({ code: 'disconnect_phrase', values: { phrase: wanted } });
  const { workspaceId } = actor;
  const ended = await inTransaction(async (tx): Promise<Result<ConnectionRow>> => {
    await lockConnections(tx, workspaceId);
    const connection = await findConnection(tx, workspaceId, crm);
    if (!connection || connection.status === 'DISCONNECTED') return fail({ code: `${app}_not_connected` });
    const at = await now(tx);
    await markDisconnected(tx, connection.id, at);
    if (erase) await eraseSyncMemory(tx, workspaceId);
    await recordAudit(tx, {
      workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      action: 'connection.disconnected',
      app,
      oldValue: { account: connection.accountId, username: connection.username },
      newValue: { erased: erase, ...(reason ? { reason } : {}) },
      at,
    });
    return ok(connection);
  });
  if (!ended.ok) return ended;
  await endGrant(ended.value);
  return ok(undefined);
}

/** The connection has ended here already; a vendor that does not answer cannot hold that up. */
async function endGrant(connection: ConnectionRow): Promise<void> {
  if (connection.refreshToken === null) return;
  const token = await open(connection.refreshToken);
  const revoked =
    connection.crm === 'HUBSPOT'
      ? await revokeHubSpot(hubspotApp(), token)
      : await revokeSalesforce(salesforceApp(connection.loginUrl), token);
  if (!revoked.ok)
    log.warn({ crm: connection.crm, failure: revoked.failure.kind }, 'a grant could not be ended');
}
