import { z } from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { AuditDetail } from '../schemas.ts';
import { findAuditByRef, findRunsUnder, findSwitchCounts } from './audit-repository.ts';
import { namesMentioned, toEntryView } from './audit-view.ts';

/** One audit entry by its id, or all that made a version, with the runs under it. Fails with `not_found`. */
export async function getAudit(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  ref: string | number,
): Promise<Result<AuditDetail>> {
  const rows = await findAuditByRef(db(), workspaceId, ref);
  const version = rows[0]?.settingsVersion ?? null;
  if (rows.length === 0) return fail({ code: 'not_found' });
  const entries = rows.map(toEntryView);
  const [segments, { runs, runCount }, counts] = await Promise.all([
    namesMentioned(db(), workspaceId, entries),
    version === null ? { runs: [], runCount: 0 } : findRunsUnder(db(), workspaceId, version),
    version === null ? null : findSwitchCounts(db(), workspaceId, version),
  ]);
  return ok({
    entries,
    segments,
    runs: runs.map(({ createdAt, ...run }) => ({ ...run, at: createdAt.toISOString() })),
    runCount,
    switch: switchOf(counts),
  });
}

const countsSchema = z.object({ start: z.number(), stop: z.number(), both: z.number(), neither: z.number() });

function switchOf(counts: unknown): AuditDetail['switch'] {
  const { data } = countsSchema.safeParse(counts);
  return data ? { start: data.start, stop: data.stop, unchanged: data.both + data.neither } : null;
}
