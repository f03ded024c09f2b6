import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { FilterBranch } from '../filter/model.ts';
import { toSearch } from '../filter/to-search.ts';
import { breakerPercent, compileMove, effectSearches, eitherOf } from '../sizes/effect.ts';
import type { EffectAnswer, EffectCursor, EffectRequest } from '../sizes/schemas.ts';
import { type CountJob, countSearches, openCount, readPart } from './counting.ts';
import { countLinked } from './lint-repository.ts';
import { loadList } from './load-list.ts';

type Limits = { breakerShare: number };

/**
 * How many contacts start and stop matching when unsaved filters replace those of a segment. Counted by
 * search where it says both exactly, else by reading, 1,000 a call. Fails as `getSegment`.
 */
export async function countEffect(
  actor: Actor,
  listId: string,
  request: EffectRequest,
  { breakerShare }: Limits,
): Promise<Result<EffectAnswer>> {
  const { workspaceId } = actor;
  const opened = await openCount(workspaceId, request.filterBranch);
  if (!opened.ok) return opened;
  const loaded = await loadList(opened.value.hubspot, workspaceId, listId);
  if (!loaded.ok) return loaded;
  const saved = loaded.value.filterBranch;
  if (!saved) return fail({ code: 'static_segment', values: { name: loaded.value.row.name } });
  const job = { ...opened.value, saved };
  const counted = request.cursor ? await byReading(job, request.cursor) : await start(job);
  if (!counted.ok) return counted;
  const { stop, cursor } = counted.value;
  const isTold = stop !== null && cursor === null;
  const linked = isTold ? await countLinked(db(), workspaceId) : 0;
  return ok({ ...counted.value, breakerPercent: isTold ? breakerPercent(stop, linked, breakerShare) : null });
}

type Job = CountJob & { saved: FilterBranch };
type Counted = Omit<EffectAnswer, 'breakerPercent'>;

async function start(job: Job): Promise<Result<Counted>> {
  const searches = effectSearches(job.saved, job.filterBranch, job.known, job.clock);
  if (!searches) {
    return byReading(job, { afterId: '', read: 0, toRead: 0, start: 0, stop: 0, unknown: 0 });
  }
  const totals = await countSearches(job, Object.values(searches));
  if (!totals.ok) return totals;
  const count = (search: (typeof searches)['both']) => totals.value.get(JSON.stringify(search)) ?? 0;
  const both = count(searches.both);
  return ok({
    start: Math.max(0, count(searches.after) - both),
    stop: Math.max(0, count(searches.before) - both),
    cursor: null,
  });
}

async function byReading(job: Job, from: EffectCursor): Promise<Result<Counted>> {
  const either = eitherOf(job.saved, job.filterBranch);
  const { groups } = toSearch(either, job.known, job.clock);
  const move = compileMove(job.saved, job.filterBranch, job.clock);
  const tally = { start: from.start, stop: from.stop, unknown: from.unknown };
  const { afterId, read, toRead } = from;
  const part = await readPart(
    { ...job, filterBranch: either },
    groups,
    [],
    { afterId, read, toRead },
    (_, person) => {
      const moved = move(person);
      if (moved) tally[moved]++;
    },
  );
  if (!part.ok) return part;
  const { at, isDone, isWhole } = part.value;
  if (!isDone) return ok({ start: tally.start, stop: tally.stop, cursor: { ...at, ...tally } });
  const isKnown = isWhole && tally.unknown === 0;
  return ok({ start: isKnown ? tally.start : null, stop: isKnown ? tally.stop : null, cursor: null });
}
