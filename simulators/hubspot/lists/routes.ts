import { ApiError, invalid } from '../http/errors.ts';
import { type Answer, boolParam, type Call, listParam, noContent, ok, type Route } from '../http/router.ts';
import { parseConversion } from './conversion.ts';
import {
  changeFilters,
  createList,
  findList,
  type ListInput,
  listNotFound,
  renameList,
  saveEdit,
} from './define.ts';
import { folderRoutes } from './folders.ts';
import { type ListState, presentList } from './list-state.ts';
import {
  addAndRemoveMembers,
  addFrom,
  addMembers,
  listsOfRecord,
  listsOfRecords,
  readMembers,
  removeAllMembers,
  removeMembers,
  restoreList,
} from './memberships.ts';
import { allLists, searchLists } from './search.ts';

const BASE = '/crm/v3/lists';
const READ = ['crm.lists.read'];
const WRITE = ['crm.lists.write'];

const listOf = (call: Call) => findList(call.portal, call.params.listId ?? '');

function present(call: Call, list: ListState, withFilters = boolParam(call.query, 'includeFilters')) {
  return presentList(list, call.portal.lists.size(list.listId), withFilters);
}

async function create(call: Call): Promise<Answer> {
  const list = createList(call.portal, await call.json<ListInput>(), String(call.session.userId));
  return ok({ list: present(call, list, true) });
}

function getMany(call: Call): Answer {
  const ids = listParam(call.query, 'listIds');
  const bad = ids.find((id) => !/^\d+$/.test(id));
  if (bad !== undefined) throw invalid(`Invalid list id: ${bad}`);
  const lists = ids.flatMap((id) => call.portal.lists.get(id) ?? []);
  return ok({ lists: lists.map((list) => present(call, list)) });
}

/** Exists from 2026-09 on; an earlier version takes `all` for the id of a list. */
async function all(call: Call): Promise<Answer> {
  if (call.version !== '2026-09') throw new ApiError(405, 'HTTP 405 Method Not Allowed');
  return ok(allLists(call.portal, await call.json()));
}

function byName(call: Call): Answer {
  const list = call.portal.lists.byName(call.params.listName ?? '');
  if (!list || list.objectTypeId !== call.params.objectTypeId) throw listNotFound(call.params.listName ?? '');
  return ok({ list: present(call, list) });
}

function remove(call: Call): Answer {
  const list = listOf(call);
  call.portal.lists.save({ ...list, deletedAt: call.portal.world.clock.now() });
  return noContent();
}

function presentConversion(list: ListState) {
  return {
    listId: list.listId,
    ...(list.conversion ? { requestedConversionTime: list.conversion } : {}),
    ...(list.convertedAt === undefined ? {} : { convertedAt: new Date(list.convertedAt).toISOString() }),
  };
}

async function scheduleConversion(call: Call): Promise<Answer> {
  const list = listOf(call);
  if (list.processingType !== 'DYNAMIC') throw invalid('Only DYNAMIC lists can be converted');
  const conversion = parseConversion(call.portal.lists, await call.json());
  return ok(presentConversion(saveEdit(call, { ...list, conversion })));
}

function cancelConversion(call: Call): Answer {
  const { conversion: _, ...rest } = listOf(call);
  saveEdit(call, rest);
  return noContent();
}

function sizeHistory(call: Call): Answer {
  const list = listOf(call);
  const bound = (name: string, fallback: number) => {
    const text = call.query.get(name);
    const ms = text === null ? fallback : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    if (Number.isNaN(ms)) throw invalid(`${name} is not a date: ${text}`);
    return ms;
  };
  const [start, end] = [bound('startDate', 0), bound('endDate', call.portal.world.clock.now())];
  const within = (ms: number) => ms >= start && ms <= end;
  const iso = (ms: number) => new Date(ms).toISOString();
  return ok({
    sizeHistory: list.sizeHistory
      .filter((point) => within(point.timestamp))
      .map((point) => ({ timestamp: iso(point.timestamp), size: point.size })),
    editHistory: list.editHistory.filter(within).map(iso),
  });
}

function mapped(call: Call): Answer {
  const legacyListId = call.query.get('legacyListId') ?? '';
  const list = call.portal.lists.all().find((each) => each.legacyListId === legacyListId);
  if (!list) throw listNotFound(legacyListId);
  return ok({ listId: list.listId, legacyListId });
}

async function mapMany(call: Call): Promise<Answer> {
  const ids = await call.json<unknown>();
  if (!Array.isArray(ids) || ids.length > 10_000)
    throw invalid('A list of at most 10000 legacy list ids is expected');
  const byLegacy = new Map(call.portal.lists.all().map((list) => [list.legacyListId, list.listId]));
  const wanted = ids.map(String);
  return ok({
    legacyListIdsToIdsMapping: wanted.flatMap((legacyListId) => {
      const listId = byLegacy.get(legacyListId);
      return listId === undefined ? [] : [{ listId, legacyListId }];
    }),
    missingLegacyListIds: wanted.filter((legacyListId) => !byLegacy.has(legacyListId)),
  });
}

const get = (path: string, handler: Route['handler']): Route => ({
  ...{ method: 'GET', path: `${BASE}${path}`, scopes: READ, handler },
});
const post = (path: string, scopes: string[], handler: Route['handler']): Route => ({
  ...{ method: 'POST', path: `${BASE}${path}`, scopes, handler },
});
const put = (path: string, handler: Route['handler']): Route => ({
  ...{ method: 'PUT', path: `${BASE}${path}`, scopes: WRITE, handler },
});
const del = (path: string, handler: Route['handler']): Route => ({
  ...{ method: 'DELETE', path: `${BASE}${path}`, scopes: WRITE, handler },
});

export const listRoutes: readonly Route[] = [
  post('', WRITE, create),
  get('', getMany),
  post('/search', READ, async (call) => ok(searchLists(call.portal, await call.json()))),
  post('/all', READ, all),
  get('/object-type-id/{objectTypeId}/name/{listName}', byName),
  get('/{listId}', (call) => ok({ list: present(call, listOf(call)) })),
  del('/{listId}', remove),
  put('/{listId}/restore', restoreList),
  put('/{listId}/update-list-name', (call) =>
    ok({ updatedList: present(call, renameList(call, listOf(call))) }),
  ),
  put('/{listId}/update-list-filters', async (call) =>
    ok({ updatedList: present(call, await changeFilters(call, listOf(call)), true) }),
  ),
  get('/{listId}/memberships', (call) => readMembers(call, 'id')),
  get('/{listId}/memberships/join-order', (call) => readMembers(call, 'time')),
  put('/{listId}/memberships/add', addMembers),
  put('/{listId}/memberships/remove', removeMembers),
  put('/{listId}/memberships/add-and-remove', addAndRemoveMembers),
  put('/{listId}/memberships/add-from/{sourceListId}', addFrom),
  del('/{listId}/memberships', removeAllMembers),
  get('/records/{objectTypeId}/{recordId}/memberships', listsOfRecord),
  post('/records/memberships/batch/read', READ, listsOfRecords),
  put('/{listId}/schedule-conversion', scheduleConversion),
  get('/{listId}/schedule-conversion', (call) => ok(presentConversion(listOf(call)))),
  del('/{listId}/schedule-conversion', cancelConversion),
  get('/{listId}/size-and-edits-history/between', sizeHistory),
  get('/idmapping', mapped),
  post('/idmapping', READ, mapMany),
  ...folderRoutes,
];
