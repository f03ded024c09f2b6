import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { copyLivesForMs, isCopyDue, isCopyRunning } from '../rules.ts';
import type { SegmentCopy } from '../schemas.ts';
import { claimCopy, findCopy } from './copy-repository.ts';

export type CopyState = SegmentCopy & { failure: Failure | null };

/** How fresh what is stored of HubSpot's lists is. Asks HubSpot nothing. */
export async function copyState(workspaceId: string): Promise<CopyState> {
  const [copy, at] = await Promise.all([findCopy(db(), workspaceId), now()]);
  const isRunning = isCopyRunning(copy, at);
  return {
    completeAt: copy?.completeAt?.toISOString() ?? null,
    isRefreshing: isRunning,
    failure: isRunning ? null : ((copy?.failure as Failure | null | undefined) ?? null),
  };
}

/**
 * Somebody opens a list of segments: where the copy is not fresh, one job of the workspace refreshes it in
 * the background, however many open it. Never waits for HubSpot.
 */
export async function openCopy(workspaceId: string): Promise<CopyState> {
  const [copy, at] = await Promise.all([findCopy(db(), workspaceId), now()]);
  if (isCopyDue(copy, at)) {
    await inTransaction(async (tx) => {
      const aliveSince = new Date(at.getTime() - copyLivesForMs);
      if (!(await claimCopy(tx, workspaceId, at, aliveSince))) return;
      await enqueue(tx, 'segments.refresh', { workspaceId }, { jobKey: `segments.refresh:${workspaceId}` });
    });
  }
  return copyState(workspaceId);
}
