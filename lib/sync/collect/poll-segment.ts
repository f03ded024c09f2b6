import { ok } from '#lib/core/result.ts';
import type { HubSpotList, ListMember } from '#lib/crm/ports.ts';
import { forgetReturned } from './breaker.ts';
import { type CollectDeps, type Collecting, of, type Progress } from './deps.ts';
import type { SegmentWatch } from './store.ts';
import { endUnmet, takeMembers } from './take-members.ts';
import { type Criteria, readCriteria } from './through.ts';

const dayMs = 24 * 60 * 60_000;
const nothing: Progress = { found: 0, left: false };

/**
 * Follows the membership of the inclusion segment: who came in and who left, by comparing, never by clocks.
 * While a switch waits, the segment in force keeps what was stored, so that going back goes on from there.
 */
export async function pollSegment(deps: CollectDeps): Promise<Collecting> {
  const { scope, store } = deps;
  const { inclusionListId, alsoListId } = await store.settings(scope);
  const watches = await store.watches(scope);
  const kept = [inclusionListId, alsoListId];
  const at = await deps.now();
  for (const watch of watches) {
    if (watch.endedAt || kept.includes(watch.listId)) continue;
    await store.commit(scope, { watch: { ...watch, endedAt: at } });
  }
  if (inclusionListId === null) return ok(nothing);
  const known = watches.find(({ listId }) => listId === inclusionListId);
  return follow(deps, known && !known.endedAt ? known : chosen(inclusionListId, known));
}

/** How far following a segment has come. `gone`: deleted or no longer active; `failed`: HubSpot gave no answer. */
export type Followed = 'ready' | 'left' | 'processing' | 'gone' | 'failed';

/** Brings the stored membership of one segment up to now. */
export async function followSegment(deps: CollectDeps, listId: string): Promise<Followed> {
  const { scope, store } = deps;
  const find = async () => (await store.watches(scope)).find((watch) => watch.listId === listId);
  const known = await find();
  const end = await follow(deps, known && !known.endedAt ? known : chosen(listId, known));
  if (!end.ok) return 'failed';
  if (end.value.left) return 'left';
  const watch = await find();
  if (watch?.state === 'deleted' || watch?.state === 'static') return 'gone';
  return watch?.state === 'ready' && !(await isProcessing(deps, listId)) ? 'ready' : 'processing';
}

async function isProcessing({ hubspot }: CollectDeps, listId: string): Promise<boolean> {
  const list = await hubspot.list(listId);
  return !list.ok || list.value.processingStatus !== 'COMPLETE';
}

/** A segment that was just chosen; what is stored of an earlier time is compared, and triggers nobody. */
function chosen(listId: string, former: SegmentWatch | undefined): SegmentWatch {
  return {
    listId,
    state: 'processing',
    version: null,
    baselineAt: null,
    fullReadAt: null,
    reading: former?.reading ?? 0,
    readAfter: null,
    joinAfter: null,
    sizeGap: 0,
    endedAt: null,
  };
}

/** A segment as it was read just now, with its criteria as far as we can read them. */
type Segment = { list: HubSpotList; criteria: Criteria | null };

async function follow(deps: CollectDeps, watch: SegmentWatch): Promise<Collecting> {
  const { scope, store, hubspot } = deps;
  const answer = await hubspot.listWithFilters(watch.listId);
  if (!answer.ok && answer.failure.kind !== 'notFound') return of('hubspot', answer);
  const list = answer.ok ? answer.value.list : null;
  const gone = !list || list.deletedAt ? 'deleted' : list.processingType === 'DYNAMIC' ? null : 'static';
  if (!list || gone) {
    const state = gone ?? 'deleted';
    if (watch.state !== state) await store.commit(scope, { watch: { ...watch, state, readAfter: null } });
    return ok(nothing);
  }
  if (list.processingStatus !== 'COMPLETE') {
    if (!watch.baselineAt) await store.commit(scope, { watch: { ...watch, state: 'processing' } });
    return ok(nothing);
  }
  const { timeZone } = await store.connection(scope);
  const clock = { now: await deps.now(), timeZone };
  const segment = { list, criteria: answer.ok ? readCriteria(answer.value.filterBranch, clock) : null };
  const end = (await mustReadInFull(deps, watch, list))
    ? await readInFull(deps, watch, segment)
    : await followChanges(deps, watch, segment);
  if (end.ok && !end.value.left) await forgetReturned(deps, watch.listId);
  return end;
}

async function mustReadInFull(deps: CollectDeps, watch: SegmentWatch, list: HubSpotList): Promise<boolean> {
  if (watch.state !== 'ready' || watch.version !== list.version || !watch.fullReadAt) return true;
  return (await deps.now()).getTime() - watch.fullReadAt.getTime() >= dayMs;
}

/** A full reading that begins, or goes on if the criteria are still those under which it began. */
function began(watch: SegmentWatch, list: HubSpotList): SegmentWatch {
  if (watch.state === 'reading' && watch.version === list.version) return watch;
  const joinAfter = watch.baselineAt ? watch.joinAfter : null;
  const reading = watch.reading + 1;
  return { ...watch, state: 'reading', version: list.version, reading, readAfter: null, joinAfter };
}

/**
 * The next page of a full reading. The first one is read in the order of joining, so that what is read on from then on
 * begins where it ended; later ones by record id, which finds whom that order has missed.
 */
async function nextPage(
  { hubspot }: CollectDeps,
  watch: SegmentWatch,
): Promise<Collecting<{ members: ListMember[]; watch: SegmentWatch; isLast: boolean }>> {
  const order = watch.baselineAt === null && watch.readAfter === null ? 'join' : 'id';
  const key = order === 'join' ? 'joinAfter' : 'readAfter';
  const page = of('hubspot', await hubspot.membersWithTimes(watch.listId, { order, after: watch[key] }));
  if (!page.ok) return page;
  const { members, after } = page.value;
  const isLast = after === null;
  // In the order of joining the cursor that led to the last page leads on from there later.
  const next = order === 'join' && isLast ? watch : { ...watch, [key]: after };
  return ok({ members, watch: next, isLast });
}

/** Every member. Before the baseline is whole nobody of them is a joiner. */
async function readInFull(deps: CollectDeps, known: SegmentWatch, segment: Segment): Promise<Collecting> {
  const { list, criteria } = segment;
  let watch = began(known, list);
  // Whoever has left since an earlier part of the reading met them shows in the size.
  const isResumed = watch === known;
  let found = 0;
  for (;;) {
    const page = await nextPage(deps, watch);
    if (!page.ok) return page;
    watch = page.value.watch;
    found += await takeMembers(deps, watch, page.value.members, criteria);
    if (page.value.isLast) break;
    if (deps.isEnough?.()) return ok({ found, left: true });
  }
  await endUnmet(deps, watch, criteria);
  const at = await deps.now();
  const size = await deps.store.countStays(deps.scope, watch.listId);
  const whole: SegmentWatch = {
    ...watch,
    state: 'ready',
    baselineAt: watch.baselineAt ?? at,
    fullReadAt: at,
    sizeGap: isResumed ? 0 : (list.size ?? size) - size,
  };
  await deps.store.commit(deps.scope, { watch: whole });
  return ok({ found, left: false });
}

/** Reads on in the order of joining; what the growth of the segment's size does not explain has left. */
async function followChanges(deps: CollectDeps, known: SegmentWatch, segment: Segment): Promise<Collecting> {
  const { scope, store, hubspot } = deps;
  const { list, criteria } = segment;
  let watch = known;
  let found = 0;
  for (;;) {
    const page = of(
      'hubspot',
      await hubspot.membersWithTimes(watch.listId, { order: 'join', after: watch.joinAfter }),
    );
    if (!page.ok) return page;
    const { members, after } = page.value;
    const next = after === null ? watch : { ...watch, joinAfter: after };
    if (next !== watch || !(await isKnown(deps, watch.listId, members))) {
      watch = next;
      found += await takeMembers(deps, watch, members, criteria);
    }
    if (after === null) break;
    if (deps.isEnough?.()) return ok({ found, left: true });
  }
  const stored = await store.countStays(scope, watch.listId);
  if (list.size === null || list.size - stored === watch.sizeGap) return ok({ found, left: false });
  // Somebody may have come in since the size was asked.
  const again = of('hubspot', await hubspot.list(watch.listId));
  if (!again.ok) return again;
  const isSettled = again.value.processingStatus === 'COMPLETE';
  if (!isSettled || (again.value.size ?? 0) - stored === watch.sizeGap) return ok({ found, left: false });
  const rest = await readInFull(deps, { ...watch, version: null }, { list: again.value, criteria });
  return rest.ok ? ok({ ...rest.value, found: found + rest.value.found }) : rest;
}

async function isKnown(
  { scope, store }: CollectDeps,
  listId: string,
  members: ListMember[],
): Promise<boolean> {
  const stays = new Map(
    (
      await store.stays(
        scope,
        listId,
        members.map(({ id }) => id),
      )
    ).map((stay) => [stay.contactId, stay.addedAt.getTime()]),
  );
  return members.every(({ id, at }) => stays.get(id) === at.getTime());
}
