import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { Crm } from '../rules.ts';
import type { Connections, ConnectionView } from '../schemas.ts';
import { type ConnectionRow, findConnection, listConnectionRows, namesOfUsers } from './repository.ts';

/** Everything that is or was connected, for any user of the workspace. */
export async function listConnections(actor: Pick<Actor, 'workspaceId'>): Promise<Result<Connections>> {
  const rows = await listConnectionRows(db(), actor.workspaceId);
  return ok({ connections: await views(actor.workspaceId, rows) });
}

/** One connection, or null if the CRM was never connected. */
export async function getConnection(workspaceId: string, crm: Crm): Promise<ConnectionView | null> {
  const row = await findConnection(db(), workspaceId, crm);
  const [view] = await views(workspaceId, row ? [row] : []);
  return view ?? null;
}

async function views(workspaceId: string, rows: ConnectionRow[]): Promise<ConnectionView[]> {
  const names = await namesOfUsers(
    db(),
    workspaceId,
    rows.flatMap(({ connectedById }) => connectedById ?? []),
  );
  return rows.map((row) => toView(row, names.get(row.connectedById ?? '') ?? null));
}

const statuses = { CONNECTED: 'connected', EXPIRED: 'expired', DISCONNECTED: 'disconnected' } as const;

function toView(row: ConnectionRow, connectedBy: string | null): ConnectionView {
  const { apiUsed, apiLimit, apiReadAt } = row;
  const known = apiUsed !== null && apiLimit !== null && apiReadAt !== null;
  return {
    app: row.crm === 'HUBSPOT' ? 'hubspot' : 'salesforce',
    status: statuses[row.status],
    accountId: row.accountId,
    accountName: row.accountName,
    username: row.username,
    sandbox: row.sandbox,
    loginUrl: row.loginUrl,
    connectedBy,
    connectedAt: row.connectedAt.toISOString(),
    expiredAt: row.expiredAt?.toISOString() ?? null,
    disconnectedAt: row.disconnectedAt?.toISOString() ?? null,
    api: known ? { used: apiUsed, limit: apiLimit, readAt: apiReadAt.toISOString() } : null,
  };
}
