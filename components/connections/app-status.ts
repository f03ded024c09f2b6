import type { App, ConnectionView } from '#lib/connections/schemas.ts';

export const appStatuses = [
  'connected',
  'paused',
  'waiting',
  'expired',
  'disconnected',
  'notConnected',
] as const;
export type AppStatus = (typeof appStatuses)[number];

/** One line of *Your apps*. `connection` is null for an app that never was connected. */
export type AppRow = { app: App; status: AppStatus; connection: ConnectionView | null };

const order: App[] = ['hubspot', 'salesforce'];

/** Both apps as they stand. A pause is Salesforce's: its syncing rests, its connection works. */
export function appRows(
  connections: readonly ConnectionView[],
  state: { isPaused: boolean; isHeld: boolean },
): AppRow[] {
  return order.map((app) => {
    const connection = connections.find((each) => each.app === app) ?? null;
    return { app, connection, status: statusOf(app, connection, state) };
  });
}

/** `isHeld`: the writing has stopped and waits for a person. */
export function statusOf(
  app: App,
  connection: ConnectionView | null,
  { isPaused, isHeld }: { isPaused: boolean; isHeld: boolean },
): AppStatus {
  if (!connection) return 'notConnected';
  if (connection.status !== 'connected') return connection.status;
  if (app !== 'salesforce') return 'connected';
  return isPaused ? 'paused' : isHeld ? 'waiting' : 'connected';
}

/** Whether the app's log-in works. */
export function isUsable(status: AppStatus): boolean {
  return status === 'connected' || status === 'paused' || status === 'waiting';
}

/** Something that a person has to do. */
export type Cause = { app: App; kind: 'expired' | 'disconnected'; since: string };

/** One cause per app: what has to be done before anything else. */
export function causesOf(rows: readonly AppRow[]): Cause[] {
  return rows.flatMap(({ app, connection }): Cause[] => {
    if (connection?.status === 'expired') {
      return [{ app, kind: 'expired', since: connection.expiredAt ?? connection.connectedAt }];
    }
    if (connection?.status === 'disconnected') {
      return [{ app, kind: 'disconnected', since: connection.disconnectedAt ?? connection.connectedAt }];
    }
    return [];
  });
}
