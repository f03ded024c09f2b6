import { randomUUID } from 'node:crypto';
import { addNotice, recordAudit } from '#lib/activity/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { open, seal } from '#lib/core/crypto.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { fail, ok } from '#lib/core/result.ts';
import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import { refresh as refreshHubSpot } from '#lib/crm/hubspot/index.ts';
import type { TokenSupplier } from '#lib/crm/ports.ts';
import { refresh as refreshSalesforce } from '#lib/crm/salesforce/index.ts';
import { type Crm, isUsable, leaseMs } from '../rules.ts';
import { hubspotApp, salesforceApp } from './apps.ts';
import {
  type ConnectionRow,
  findConnection,
  markExpired,
  releaseLease,
  storeTokens,
  takeLease,
} from './repository.ts';

const lookAgainMs = 100;

/**
 * Gives the token of a connection. One that ends soon, or that the CRM refused, is renewed by one worker
 * for all: it holds a lease on the row, the others wait for the new version. No transaction spans the
 * remote call. The rotated refresh token is stored before the new token is used. A dead refresh token marks
 * the connection expired and answers `authLost`. With `account`, the token of any other account is no token.
 */
export function tokenSupplier(workspaceId: string, crm: Crm, account?: string): TokenSupplier {
  return async (rejected) => {
    const deadline = Date.now() + leaseMs + 5_000;
    while (Date.now() < deadline) {
      const connection = await findConnection(db(), workspaceId, crm);
      const isOther = account !== undefined && connection?.accountId !== account;
      if (!connection || isOther || connection.status === 'DISCONNECTED')
        return fail<CrmFailure>({ kind: 'authLost', notConnected: true });
      if (connection.status === 'EXPIRED') return fail<CrmFailure>({ kind: 'authLost' });
      const plain = connection.accessToken === null ? null : await open(connection.accessToken);
      if (plain !== null && isUsable(connection, plain, rejected, await now()))
        return supplied(connection, plain);
      const holder = randomUUID();
      if (await takeLease(db(), connection, holder, leaseMs)) {
        const renewed = await renew(connection, holder);
        if (renewed) return renewed;
      } else {
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      }
    }
    return fail<CrmFailure>({
      kind: 'unavailable',
      message: 'The token could not be renewed in time.',
      maybeDone: false,
    });
  };
}

function supplied(connection: ConnectionRow, accessToken: string) {
  // HubSpot has one API host for all; a Salesforce org tells its own.
  const apiUrl = connection.crm === 'HUBSPOT' ? env().HUBSPOT_API_URL : connection.apiUrl;
  return ok({ accessToken, apiUrl });
}

/**
 * Renews under the lease, which it then gives back. Null: somebody replaced or ended the connection
 * meanwhile, so that it must be read anew.
 */
async function renew(connection: ConnectionRow, holder: string): Promise<CrmResult<Token> | null> {
  try {
    const renewed = await askForTokens(connection);
    if (renewed.ok) {
      const { accessToken, apiUrl, stored } = renewed.value;
      return (await storeTokens(db(), connection, stored)) ? ok({ accessToken, apiUrl }) : null;
    }
    if (renewed.failure.kind === 'authLost') await expire(connection);
    return renewed;
  } finally {
    await releaseLease(db(), connection.id, holder);
  }
}

type Token = { accessToken: string; apiUrl: string };
/** The new token, and what is to be stored of it. */
type Renewed = Token & { stored: Parameters<typeof storeTokens>[2] };

async function askForTokens(connection: ConnectionRow): Promise<CrmResult<Renewed>> {
  if (connection.refreshToken === null) return fail<CrmFailure>({ kind: 'authLost' });
  const refreshToken = await open(connection.refreshToken);
  return connection.crm === 'HUBSPOT'
    ? askHubSpot(refreshToken)
    : askSalesforce(connection.loginUrl, refreshToken);
}

async function askHubSpot(refreshToken: string): Promise<CrmResult<Renewed>> {
  const answer = await refreshHubSpot(hubspotApp(), refreshToken);
  if (!answer.ok) return answer;
  const { accessToken, expiresInSeconds } = answer.value;
  const stored = {
    accessToken: await seal(accessToken),
    refreshToken: await seal(answer.value.refreshToken),
    accessExpiresAt: new Date((await now()).getTime() + expiresInSeconds * 1_000),
  };
  return ok({ accessToken, apiUrl: env().HUBSPOT_API_URL, stored });
}

async function askSalesforce(loginUrl: string, refreshToken: string): Promise<CrmResult<Renewed>> {
  const answer = await refreshSalesforce(salesforceApp(loginUrl), refreshToken);
  if (!answer.ok) return answer;
  const { accessToken, instanceUrl: apiUrl, refreshToken: rotated } = answer.value;
  const stored = {
    accessToken: await seal(accessToken),
    ...(rotated === null ? {} : { refreshToken: await seal(rotated) }),
    accessExpiresAt: null,
    apiUrl,
  };
  return ok({ accessToken, apiUrl, stored });
}

async function expire(connection: ConnectionRow): Promise<void> {
  await inTransaction(async (tx) => {
    const at = await now(tx);
    if (!(await markExpired(tx, connection, at))) return;
    await recordAudit(tx, {
      workspaceId: connection.workspaceId,
      actorId: null,
      actor: null,
      action: 'connection.expired',
      app: connection.crm === 'HUBSPOT' ? 'hubspot' : 'salesforce',
      oldValue: { username: connection.username },
      at,
    });
    const { workspaceId, crm } = connection;
    await addNotice(tx, {
      ...{ workspaceId, kind: 'connection_expired', at },
      data: { app: crm === 'HUBSPOT' ? 'HubSpot' : 'Salesforce' },
    });
  });
}
