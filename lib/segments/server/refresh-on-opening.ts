import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { isCopyDue } from '../rules.ts';
import { findCopy } from './copy-repository.ts';
import { refreshSegments } from './refresh-segments.ts';

/**
 * Waits until the copy is fresh, for those who cannot do with an old one. Where HubSpot does not answer, what
 * was last seen serves and is `stale`; with nothing ever seen as a whole, HubSpot's failure is the answer.
 */
export async function refreshOnOpening(workspaceId: string): Promise<Result<{ stale: boolean }>> {
  const [copy, at] = await Promise.all([findCopy(db(), workspaceId), now()]);
  const wasComplete = Boolean(copy?.completeAt);
  if (wasComplete && !isCopyDue(copy, at)) return ok({ stale: false });
  const refreshed = await refreshSegments(workspaceId);
  if (refreshed.ok) return ok({ stale: false });
  return wasComplete ? ok({ stale: true }) : refreshed;
}
