import { now } from '#lib/core/clock.ts';

const spanMs = 30 * 86_400_000;
const times = 3;

/** Who left a segment more than three times in 30 days. */
export async function flappingSince(workspaceId: string, listId: string) {
  const since = new Date((await now()).getTime() - spanMs);
  return { workspaceId, listId, since, times };
}
