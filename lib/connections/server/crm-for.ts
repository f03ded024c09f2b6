import { db } from '#lib/core/db.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import { createHubSpot } from '#lib/crm/hubspot/index.ts';
import type { CrmAccess, HubSpotPort, SalesforceImportPort, SalesforcePort } from '#lib/crm/ports.ts';
import { createSalesforce } from '#lib/crm/salesforce/index.ts';
import type { Crm } from '../rules.ts';
import { callCounter } from './api-use.ts';
import { holdToken } from './hold-token.ts';
import { findConnection } from './repository.ts';
import { tokenSupplier } from './token-supplier.ts';

/** With `account`, a connection that leads to any other account counts as none. */
type Options = Pick<CrmAccess, 'signal' | 'timeoutMs' | 'account'>;

/** HubSpot for a workspace: its own token, its calls counted. `authLost` without a working connection. */
export async function hubspotFor(
  workspaceId: string,
  options: Options = {},
): Promise<CrmResult<HubSpotPort>> {
  const access = await accessFor(workspaceId, 'HUBSPOT', options);
  return access.ok ? { ok: true, value: createHubSpot(access.value) } : access;
}

/** Salesforce for a workspace, as `hubspotFor`. Describes are kept for the life of the port. */
export async function salesforceFor(
  workspaceId: string,
  options: Options = {},
): Promise<CrmResult<SalesforcePort & SalesforceImportPort>> {
  const access = await accessFor(workspaceId, 'SALESFORCE', options);
  return access.ok ? { ok: true, value: createSalesforce(access.value) } : access;
}

async function accessFor(workspaceId: string, crm: Crm, options: Options): Promise<CrmResult<CrmAccess>> {
  const connection = await findConnection(db(), workspaceId, crm);
  const isOther = options.account !== undefined && options.account !== connection?.accountId;
  if (!connection || isOther || connection.status === 'DISCONNECTED') {
    return { ok: false, failure: { kind: 'authLost', notConnected: true } };
  }
  if (connection.status === 'EXPIRED') return { ok: false, failure: { kind: 'authLost' } };
  return {
    ok: true,
    value: {
      ...options,
      token: holdToken(tokenSupplier(workspaceId, crm, connection.accountId)),
      onCall: callCounter(workspaceId),
      account: connection.accountId,
    },
  };
}
