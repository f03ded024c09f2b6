import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotPort, ListMember } from '#lib/crm/ports.ts';
import type { HubSpotAccount } from './hubspot-account.ts';
import { asHubSpotList } from './hubspot-lists.ts';
import { byId } from './hubspot-search.ts';
import type { Observer } from './trace.ts';

const memberPageSize = 250;
const notFound: CrmResult<never> = { ok: false, failure: { kind: 'notFound' } };
const done: CrmResult<void> = { ok: true, value: undefined };

type Context = { account: HubSpotAccount; worker: string; observe: Observer };

export function listCalls({
  account,
  worker,
  observe,
}: Context): Pick<
  HubSpotPort,
  | 'lists'
  | 'list'
  | 'listWithFilters'
  | 'createList'
  | 'renameList'
  | 'updateListFilters'
  | 'deleteList'
  | 'restoreList'
> {
  const living = (listId: string) => {
    const list = account.lists.get(listId);
    return list && list.deletedAt === null ? list : undefined;
  };
  const ask = (listId: string) => {
    const list = living(listId);
    const isReady = list?.completeAt === null && list.processingType === 'DYNAMIC';
    observe({ kind: 'list', at: account.clock.ms(), worker, listId, isReady });
    return list;
  };
  return {
    async *lists() {
      yield { ok: true, value: account.lists.all().map(asHubSpotList) };
    },
    async list(listId) {
      const list = ask(listId);
      return list ? { ok: true, value: asHubSpotList(list) } : notFound;
    },
    async listWithFilters(listId) {
      const list = ask(listId);
      if (!list) return notFound;
      return { ok: true, value: { list: asHubSpotList(list), filterBranch: list.filterBranch } };
    },
    async createList(input) {
      return { ok: true, value: asHubSpotList(account.lists.create(input)) };
    },
    async renameList(listId, name) {
      const list = living(listId);
      if (!list) return notFound;
      list.name = name;
      return { ok: true, value: asHubSpotList(list) };
    },
    async updateListFilters(listId, filterBranch) {
      const list = living(listId);
      if (!list) return notFound;
      account.lists.edit(list, filterBranch);
      return { ok: true, value: asHubSpotList(list) };
    },
    async deleteList(listId) {
      const list = living(listId);
      if (!list) return notFound;
      list.deletedAt = account.clock.ms();
      return done;
    },
    async restoreList(listId) {
      const list = account.lists.get(listId);
      if (!list) return notFound;
      account.lists.restore(list);
      return done;
    },
  };
}

export function membershipCalls(
  context: Context,
): Pick<HubSpotPort, 'members' | 'membersWithTimes' | 'memberships'> {
  const { account, worker, observe } = context;
  return {
    async members(listId, after) {
      const list = account.lists.get(listId);
      if (!list || list.deletedAt !== null) return notFound;
      const ids = [...list.members.keys()].sort(byId).filter((id) => after === null || byId(id, after) > 0);
      const page = ids.slice(0, Math.min(memberPageSize, account.pageSize));
      return {
        ok: true,
        value: { ids: page, after: page.length < ids.length ? (page.at(-1) ?? null) : null },
      };
    },
    async membersWithTimes(listId, { order, after }) {
      const list = account.lists.get(listId);
      if (!list || list.deletedAt !== null) return notFound;
      const sorted = [...list.members].map(([id, at]) => ({ id, at: new Date(at) })).sort(comparing(order));
      const start = after === null ? null : readCursor(after);
      const rest = sorted.filter((member) => start === null || comparing(order)(member, start) > 0);
      const members = rest.slice(0, Math.min(memberPageSize, account.pageSize));
      const last = members.at(-1);
      const hasMore = members.length < rest.length && last !== undefined;
      return { ok: true, value: { members, after: hasMore ? `${last.at.getTime()}:${last.id}` : null } };
    },
    async memberships(contactIds) {
      const value = contactIds.map((contactId) => {
        const listIds = account.lists.listsOf(contactId).map(({ listId }) => listId);
        observe({ kind: 'memberships', at: account.clock.ms(), worker, contactId, listIds });
        return listIds;
      });
      return { ok: true, value };
    },
  };
}

const comparing =
  (order: 'id' | 'join') =>
  (a: ListMember, b: ListMember): number =>
    (order === 'join' ? a.at.getTime() - b.at.getTime() : 0) || byId(a.id, b.id);

function readCursor(text: string): ListMember {
  const [at = '', id = ''] = text.split(':');
  return { at: new Date(Number(at)), id };
}
