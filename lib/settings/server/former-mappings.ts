import type { Actor } from '#lib/auth/actor.ts';
import { type Db, db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';

import { clashOf, goneEnds, type MappingWrite, mappingsAsOf, takenBy } from '#lib/mappings/server/index.ts';
import { pairMappings } from '../rules.ts';
import type { MappingThenAndNow } from '../schemas.ts';

/** The mappings of a version beside today's, and which of them could not come back. */
export async function mappingsThenAndNow(
  actor: Actor,
  version: number,
  newest: number,
): Promise<MappingThenAndNow[]> {
  const [former, now] = await Promise.all([
    mappingsAsOf(db(), actor.workspaceId, version),
    mappingsAsOf(db(), actor.workspaceId, newest),
  ]);
  const pairs = pairMappings(former, now);
  const returning = pairs.flatMap((pair) => (pair.isDifferent && pair.former ? [pair.former] : []));
  const gone = await goneEnds(actor, returning);
  return pairs.map((pair) => {
    const end = gone.find(({ id }) => id === pair.id);
    return { ...pair, gone: end ? { end: end.end, name: end.name } : null };
  });
}

/**
 * What it takes to put the named mappings back as a version had them. Fails with `mapping_taken` if a
 * mapping that stays has their property or field.
 */
export async function formerMappings(
  tx: Db,
  workspaceId: string,
  version: number,
  newest: number,
  ids: readonly string[],
): Promise<Result<MappingWrite[]>> {
  if (ids.length === 0) return ok([]);
  const [former, now] = await Promise.all([
    mappingsAsOf(tx, workspaceId, version),
    mappingsAsOf(tx, workspaceId, newest),
  ]);
  const pairs = pairMappings(former, now).filter(({ id, isDifferent }) => isDifferent && ids.includes(id));
  const returning = pairs.flatMap((pair) => pair.former ?? []);
  const after = [...now.filter(({ id }) => !pairs.some((pair) => pair.id === id)), ...returning];
  for (const mapping of returning) {
    const clash = clashOf(mapping, after);
    if (clash) return fail(takenBy(clash));
  }
  return ok(writesOf(pairs));
}

/** What it takes to take back what one version changed of mappings. */
export async function mappingsBefore(
  tx: Db,
  workspaceId: string,
  version: number,
  newest: number,
): Promise<MappingWrite[]> {
  const [former, made, now] = await Promise.all([
    mappingsAsOf(tx, workspaceId, version - 1),
    mappingsAsOf(tx, workspaceId, version),
    mappingsAsOf(tx, workspaceId, newest),
  ]);
  const changed = pairMappings(former, made).filter(({ isDifferent }) => isDifferent);
  const pairs = pairMappings(former, now).filter(({ id }) => changed.some((each) => each.id === id));
  return writesOf(pairs);
}

/** Those that go make room first. */
function writesOf(pairs: readonly Pick<MappingThenAndNow, 'former' | 'now'>[]): MappingWrite[] {
  const writes = pairs.map(({ former, now }) => ({ before: now, after: former }));
  return writes.toSorted((a, b) => Number(a.after !== null) - Number(b.after !== null));
}
