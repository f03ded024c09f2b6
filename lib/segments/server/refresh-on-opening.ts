import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { refreshSegments } from './refresh-segments.ts';
import { lastSeen } from './repository.ts';

const freshForMs = 10_000;

/**
 * Refreshes the copy unless that was just done. Where HubSpot does not answer, what was last seen serves and
 * is `stale`; with nothing ever seen, HubSpot's failure is the answer.
 */
export async function refreshOnOpening(workspaceId: string): Promise<Result<{ stale: boolean }>> {
  const seen = await lastSeen(db(), workspaceId);
  if (seen && (await now()).getTime() - seen.getTime() < freshForMs) return ok({ stale: false });
  const refreshed = await refreshSegments(workspaceId);
  if (refreshed.ok) return ok({ stale: false });
  return seen ? ok({ stale: true }) : refreshed;
}
