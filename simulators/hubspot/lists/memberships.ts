import { invalid, missingField } from '../http/errors.ts';
import { type Answer, type Call, inputsOf, intParam, noContent, ok } from '../http/router.ts';
import { compareIds } from '../objects/object-store.ts';
import { findList, listNotFound } from './define.ts';
import type { Member } from './engine.ts';
import { type ListState, noteSize } from './list-state.ts';

const MOST_TO_MOVE = 100_000;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * One page of members. `after` walks upward and wins over `before`, which walks downward; each page is in the order
 * of its walk. In join order the cursor is the time and id of a member.
 */
export function readMembers(call: Call, order: 'id' | 'time'): Answer {
  const list = findList(call.portal, call.params.listId ?? '');
  const limit = intParam(call.query, 'limit', { fallback: 100, max: 250 });
  const members = call.portal.lists.ordered(list.listId, order);
  const [after, before] = [call.query.get('after'), call.query.get('before')];
  const downward = after === null && before !== null;
  const first = after ? position(members, parseCursor(after, order), order, true) : 0;
  const end = downward ? position(members, parseCursor(before, order), order, false) : members.length;
  const page = downward
    ? members.slice(Math.max(0, end - limit), end).reverse()
    : members.slice(first, first + limit);
  const results = page.map(({ id, at }) => ({ recordId: id, membershipTimestamp: iso(at) }));
  const ends = { first: page[0], last: page.at(-1) };
  const more = downward ? end > limit : first + limit < members.length;
  return ok({
    results,
    ...pagingOf(call, order, ends, { more, downward, started: first > 0 }),
    total: members.length,
  });
}

function pagingOf(
  call: Call,
  order: 'id' | 'time',
  ends: { first?: Member; last?: Member },
  state: { more: boolean; downward: boolean; started: boolean },
) {
  const low = state.downward ? ends.last : ends.first;
  const high = state.downward ? ends.first : ends.last;
  const next = high && (state.downward || state.more) ? { after: cursor(high, order) } : undefined;
  const prev =
    low && (state.downward ? state.more : state.started) ? { before: cursor(low, order) } : undefined;
  if (!next && !prev) return {};
  return {
    paging: {
      ...(next ? { next: { ...next, link: link(call, 'after', next.after) } } : {}),
      ...(prev ? { prev: { ...prev, link: link(call, 'before', prev.before) } } : {}),
    },
  };
}

function link(call: Call, name: 'after' | 'before', value: string): string {
  const url = new URL(call.request.url);
  url.searchParams.delete('after');
  url.searchParams.delete('before');
  url.searchParams.set(name, value);
  return url.toString();
}

function cursor(member: Member, order: 'id' | 'time'): string {
  return order === 'id' ? member.id : Buffer.from(`${member.at}:${member.id}`).toString('base64url');
}

function parseCursor(text: string, order: 'id' | 'time'): Member {
  const plain = order === 'id' ? `0:${text}` : Buffer.from(text, 'base64url').toString();
  const match = /^(\d+):(\d+)$/.exec(plain);
  if (!match) throw invalid(`Invalid paging cursor: ${text}`);
  return { at: Number(match[1]), id: match[2] ?? '' };
}

/** Index of the first member at (or, with `past`, after) the cursor. */
function position(members: readonly Member[], at: Member, order: 'id' | 'time', past: boolean): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const member = members[middle] as Member;
    const byTime = order === 'time' ? member.at - at.at : 0;
    const compared = byTime || compareIds(member.id, at.id);
    if (compared < 0 || (past && compared === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function staticList(call: Call): ListState {
  const list = findList(call.portal, call.params.listId ?? '');
  if (list.processingType !== 'DYNAMIC') return list;
  throw invalid(
    `Memberships of list ${list.listId} cannot be changed by hand: its processing type is DYNAMIC.`,
    {
      subCategory: 'ListError.INVALID_PROCESSING_TYPE',
    },
  );
}

async function idsOf(call: Call): Promise<string[]> {
  const body: unknown = await call.json<unknown>();
  if (!Array.isArray(body))
    throw invalid('Invalid input JSON on line 1, column 1: a list of record ids is expected');
  return body.map(String);
}

export async function addMembers(call: Call): Promise<Answer> {
  const list = staticList(call);
  return ok(change(call, list, await idsOf(call), []));
}

export async function removeMembers(call: Call): Promise<Answer> {
  const list = staticList(call);
  return ok(change(call, list, [], await idsOf(call)));
}

export async function addAndRemoveMembers(call: Call): Promise<Answer> {
  const list = staticList(call);
  const body = await call.json<{ recordIdsToAdd?: unknown; recordIdsToRemove?: unknown }>();
  if (!Array.isArray(body.recordIdsToAdd)) throw missingField('recordIdsToAdd');
  if (!Array.isArray(body.recordIdsToRemove)) throw missingField('recordIdsToRemove');
  return ok(change(call, list, body.recordIdsToAdd.map(String), body.recordIdsToRemove.map(String)));
}

function change(call: Call, list: ListState, toAdd: string[], toRemove: string[]) {
  const { lists } = call.portal;
  const store = call.portal.objects(list.objectTypeId);
  const exists = (id: string) => store.find(id)?.archivedAt === undefined && store.find(id) !== undefined;
  const missing = [...new Set([...toAdd, ...toRemove])].filter((id) => !exists(id));
  const added = toAdd.filter((id) => exists(id) && lists.add(list, store.find(id)?.id ?? id));
  const removed = toRemove.filter((id) => lists.remove(list, store.find(id)?.id ?? id));
  if (added.length > 0 || removed.length > 0) saveSize(call, list);
  return { recordsIdsAdded: added, recordIdsRemoved: removed, recordIdsMissing: missing };
}

function saveSize(call: Call, list: ListState) {
  noteSize(list, call.portal.world.clock.now(), call.portal.lists.size(list.listId));
  call.portal.lists.save(list);
}

export function removeAllMembers(call: Call): Answer {
  const list = staticList(call);
  refuseLarge(call, list.listId);
  for (const { id } of [...call.portal.lists.ordered(list.listId, 'id')]) call.portal.lists.remove(list, id);
  saveSize(call, list);
  return noContent();
}

export function addFrom(call: Call): Answer {
  const list = staticList(call);
  const source = findList(call.portal, call.params.sourceListId ?? '');
  if (source.objectTypeId !== list.objectTypeId) throw invalid('Both lists must hold the same object type');
  refuseLarge(call, source.listId);
  for (const { id } of [...call.portal.lists.ordered(source.listId, 'id')]) call.portal.lists.add(list, id);
  saveSize(call, list);
  return noContent();
}

function refuseLarge(call: Call, listId: string) {
  if (call.portal.lists.size(listId) < MOST_TO_MOVE) return;
  throw invalid(
    `List ${listId} has ${MOST_TO_MOVE} or more memberships, which is too many for this operation.`,
  );
}

function membershipsOf(call: Call, objectTypeId: string, recordId: string) {
  const { lists } = call.portal;
  return lists.listsOf(objectTypeId, recordId).map((list) => ({
    ...{ listId: list.listId, listVersion: list.listVersion, isPublicList: true },
    firstAddedTimestamp: iso(lists.firstAddedAt(list.listId, recordId)),
    lastAddedTimestamp: iso(lists.members(list.listId).get(recordId) ?? 0),
  }));
}

export function listsOfRecord(call: Call): Answer {
  const { objectTypeId = '', recordId = '' } = call.params;
  const { type } = call.portal.objects(objectTypeId);
  const results = membershipsOf(call, type.id, recordId);
  return ok({ results, total: results.length });
}

export async function listsOfRecords(call: Call): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const inputs = inputsOf<{ objectTypeId?: string; recordId?: string }>(await call.json(), 1_000);
  const results = inputs.map(({ objectTypeId, recordId }) => {
    if (objectTypeId === undefined) throw missingField('objectTypeId');
    if (recordId === undefined) throw missingField('recordId');
    const { type } = call.portal.objects(objectTypeId);
    const recordListMemberships = membershipsOf(call, type.id, String(recordId));
    return { objectTypeId: type.id, recordId: String(recordId), recordListMemberships };
  });
  return ok({ status: 'COMPLETE', startedAt, completedAt: call.portal.world.clock.iso(), results });
}

export function restoreList(call: Call): Answer {
  const { listId = '' } = call.params;
  const list = call.portal.lists.getDeleted(listId);
  const days = 90 * 86_400_000;
  const { clock } = call.portal.world;
  if (!list || (list.deletedAt ?? 0) + days < clock.now()) throw listNotFound(listId);
  const { deletedAt: _, ...rest } = list;
  call.portal.lists.save({ ...rest, updatedAt: clock.now() });
  if (list.processingType === 'DYNAMIC') {
    const restored = call.portal.lists.get(listId);
    if (restored)
      call.portal.lists.processor.start(Object.assign(restored, { processingStatus: 'PROCESSING' }));
  }
  return noContent();
}
