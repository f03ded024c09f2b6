import { z } from 'zod';
import { chunk } from '#lib/core/chunk.ts';
import { readPieces } from '../batches.ts';
import type { CrmResult } from '../failure.ts';
import type { HubSpotList, HubSpotPort } from '../ports.ts';
import { refusalOf } from './failure.ts';
import type { Send } from './http.ts';
import { contactTypeId, paths } from './paths.ts';
import { listPage, memberPage, membershipBatch, oneList, timedMemberPage, updatedList } from './schemas.ts';

const listPageSize = 500;
/** HubSpot's largest page of members. */
const memberPageSize = 250;
const membershipBatchSize = 100;
const nothing = z.unknown().transform(() => undefined);

type ListCalls = Pick<
  HubSpotPort,
  | 'lists'
  | 'list'
  | 'listWithFilters'
  | 'createList'
  | 'renameList'
  | 'updateListFilters'
  | 'deleteList'
  | 'restoreList'
  | 'members'
  | 'membersWithTimes'
  | 'memberships'
>;

/** Filters go raw: the client's own models throw on any filter they do not know. */
export function listCalls(send: Send): ListCalls {
  return { ...reading(send), ...writing(send), ...membership(send) };
}

function reading(send: Send): Pick<ListCalls, 'lists' | 'list' | 'listWithFilters'> {
  return {
    async *lists() {
      for (let offset = 0; ; ) {
        const answer = await send({
          method: 'POST',
          path: `${paths.lists}/search`,
          body: { offset, count: listPageSize, query: '', additionalProperties: ['hs_list_size'] },
          answer: listPage,
        });
        if (!answer.ok) {
          yield answer;
          return;
        }
        yield { ok: true, value: answer.value.lists.map(({ list }) => list) };
        if (!answer.value.hasMore) return;
        offset = answer.value.offset;
      }
    },
    async list(listId) {
      const answer = await send({ method: 'GET', path: pathOf(listId), answer: oneList });
      return answer.ok ? { ok: true, value: answer.value.list.list } : answer;
    },
    async listWithFilters(listId) {
      const query = { includeFilters: 'true' };
      const answer = await send({ method: 'GET', path: pathOf(listId), query, answer: oneList });
      return answer.ok ? { ok: true, value: answer.value.list } : answer;
    },
  };
}

function writing(
  send: Send,
): Pick<ListCalls, 'createList' | 'renameList' | 'updateListFilters' | 'deleteList' | 'restoreList'> {
  return {
    async createList(input) {
      const answer = await send({
        method: 'POST',
        path: paths.lists,
        body: input,
        changes: true,
        answer: oneList,
      });
      return answer.ok ? { ok: true, value: answer.value.list.list } : answer;
    },
    async renameList(listId, name) {
      const query = { listName: name };
      const path = `${pathOf(listId)}/update-list-name`;
      return newState(await send({ method: 'PUT', path, query, changes: true, answer: updatedList }));
    },
    async updateListFilters(listId, filterBranch) {
      const path = `${pathOf(listId)}/update-list-filters`;
      return newState(
        await send({ method: 'PUT', path, body: { filterBranch }, changes: true, answer: updatedList }),
      );
    },
    deleteList: (listId) => send({ method: 'DELETE', path: pathOf(listId), changes: true, answer: nothing }),
    restoreList: (listId) =>
      send({ method: 'PUT', path: `${pathOf(listId)}/restore`, changes: true, answer: nothing }),
  };
}

function newState(answer: CrmResult<z.infer<typeof updatedList>>): CrmResult<HubSpotList> {
  return answer.ok ? { ok: true, value: answer.value.updatedList.list } : answer;
}

function membership(send: Send): Pick<ListCalls, 'members' | 'membersWithTimes' | 'memberships'> {
  return {
    async members(listId, after) {
      const query = { limit: String(memberPageSize), ...(after === null ? {} : { after }) };
      const path = `${pathOf(listId)}/memberships`;
      const answer = await send({ method: 'GET', path, query, answer: memberPage });
      if (!answer.ok) return answer;
      const { results, paging } = answer.value;
      return {
        ok: true,
        value: { ids: results.map(({ recordId }) => recordId), after: paging?.next?.after ?? null },
      };
    },
    async membersWithTimes(listId, { order, after }) {
      const query = { limit: String(memberPageSize), ...(after === null ? {} : { after }) };
      const path = `${pathOf(listId)}/memberships${order === 'join' ? '/join-order' : ''}`;
      const answer = await send({ method: 'GET', path, query, answer: timedMemberPage });
      if (!answer.ok) return answer;
      const { results, paging } = answer.value;
      const members = results.map(({ recordId, membershipTimestamp }) => ({
        id: recordId,
        at: membershipTimestamp,
      }));
      return { ok: true, value: { members, after: paging?.next?.after ?? null } };
    },
    async memberships(contactIds) {
      const pieces = chunk([...new Set(contactIds)], membershipBatchSize);
      const answer = await readPieces(pieces, (piece) => readMemberships(send, piece));
      if (!answer.ok) return answer;
      const listsOf = new Map(answer.value.flat());
      return { ok: true, value: contactIds.map((id) => listsOf.get(id) ?? []) };
    },
  };
}

async function readMemberships(send: Send, ids: string[]): Promise<CrmResult<[string, string[]][]>> {
  const body = { inputs: ids.map((recordId) => ({ objectTypeId: contactTypeId, recordId })) };
  const path = `${paths.lists}/records/memberships/batch/read`;
  const answer = await send({ method: 'POST', path, body, answer: membershipBatch });
  if (!answer.ok) return answer;
  // Only of a contact that is gone may silence be read as "in no list".
  const refusal = answer.value.errors
    .map((error) => refusalOf(error))
    .find(({ kind }) => kind !== 'notFound');
  if (refusal) return { ok: false, failure: refusal };
  return {
    ok: true,
    value: answer.value.results.map(({ recordId, recordListMemberships }) => [
      recordId,
      recordListMemberships.map(({ listId }) => listId),
    ]),
  };
}

function pathOf(listId: string): string {
  return `${paths.lists}/${encodeURIComponent(listId)}`;
}
