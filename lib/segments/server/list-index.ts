import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { fold } from '../rules.ts';
import type { SegmentIndex, SegmentIndexQuery } from '../schemas.ts';
import { openCopy } from './copy.ts';
import { listIndexRows, summarizeLists } from './copy-repository.ts';
import { storedNames } from './creator-names.ts';
import { segmentUses } from './segment-uses.ts';
import { toSegment } from './to-segment.ts';

const restorableForMs = 90 * 86_400_000;

/**
 * One page of the index of segments, of every object and kind, from the copy of HubSpot's lists, which opening
 * has refreshed in the background. Fails as the last refresh did where nothing was ever stored.
 */
export async function listIndex(actor: Actor, query: SegmentIndexQuery): Promise<Result<SegmentIndex>> {
  const { workspaceId } = actor;
  const { failure, ...copy } = await openCopy(workspaceId);
  const [{ inAccount, creatorIds }, uses, at] = await Promise.all([
    summarizeLists(db(), workspaceId),
    segmentUses(workspaceId),
    now(),
  ]);
  if (failure && inAccount === 0 && copy.completeAt === null) return fail(failure);
  const used = [...uses.current.keys()];
  const part = {
    ...query,
    wanted: fold(query.q.trim()),
    used,
    recent: [...used, ...uses.recent],
    deletedSince: new Date(at.getTime() - restorableForMs),
    limit: query.size,
  };
  const offset = (query.page - 1) * query.size;
  const rows = await listIndexRows(db(), workspaceId, { ...part, offset });
  // A page beyond the last one is empty, and tells nothing of the others.
  const [any] =
    rows.length > 0 ? rows : await listIndexRows(db(), workspaceId, { ...part, offset: 0, limit: 1 });
  const names = await storedNames(workspaceId);
  const context = { uses: uses.current, names, now: at };
  return ok({
    segments: rows.map((row) => toSegment(row, context)),
    total: any?.total ?? 0,
    inAccount,
    creators: creatorIds.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) ?? '' }] : [])),
    stale: failure !== null,
    copy,
    canEdit: actor.role === 'admin',
  });
}
