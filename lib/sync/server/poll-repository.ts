import type { Db } from '#lib/core/db.ts';

/** Whether a job with this key waits that no worker has begun. */
export async function isJobWaiting(db: Db, key: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM graphile_worker.jobs WHERE key = ${key} AND locked_at IS NULL`;
  return rows.length > 0;
}

/** Workspaces with both systems connected that have no job for their next poll. */
export async function findWorkspacesWithoutPoll(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT hubspot."workspaceId" AS id FROM "Connection" hubspot
    JOIN "Connection" salesforce ON salesforce."workspaceId" = hubspot."workspaceId"
    WHERE hubspot.crm = 'HUBSPOT' AND salesforce.crm = 'SALESFORCE'
      AND hubspot.status = 'CONNECTED' AND salesforce.status = 'CONNECTED' AND NOT EXISTS (
        SELECT 1 FROM graphile_worker.jobs job
        WHERE job.key = 'poll:' || hubspot."workspaceId"
          AND (job.locked_at IS NOT NULL OR job.attempts < job.max_attempts)
      )`;
  return rows.map(({ id }) => id);
}
