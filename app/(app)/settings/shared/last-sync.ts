import type { Actor } from '#lib/auth/actor.ts';
import { listRuns } from '#lib/sync/server/index.ts';

/** When a sync last came to its end, among the latest ones. */
export async function lastSyncAt(actor: Actor): Promise<string | null> {
  const listed = await listRuns(actor);
  if (!listed.ok) return null;
  const ends = listed.value.runs.flatMap(({ status, finishedAt }) =>
    status === 'DONE' && finishedAt !== null ? [finishedAt] : [],
  );
  return ends.sort().at(-1) ?? null;
}
