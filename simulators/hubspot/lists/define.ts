import { invalid, missingField, notFound } from '../http/errors.ts';
import type { Call } from '../http/router.ts';
import type { Portal } from '../portal.ts';
import type { ListState } from './list-state.ts';
import { parseRoot } from './parse.ts';

const LONGEST_NAME = 200;

export interface ListInput {
  name?: unknown;
  objectTypeId?: unknown;
  processingType?: unknown;
  filterBranch?: unknown;
  listFolderId?: unknown;
  customProperties?: Record<string, string>;
  listPermissions?: Partial<ListState['listPermissions']>;
  membershipSettings?: Partial<ListState['membershipSettings']>;
}

/** The list a path names; a 404 when there is none, a 400 for an id that is no number. */
export function findList(portal: Portal, listId: string): ListState {
  if (!/^\d+$/.test(listId)) throw invalid(`Invalid list id: ${listId}`);
  const list = portal.lists.get(listId);
  if (!list) throw listNotFound(listId);
  return list;
}

export function listNotFound(what: string) {
  return notFound(`List does not exist with ID ${what}.`, { subCategory: 'ListError.LIST_NOT_FOUND' });
}

function checkName(portal: Portal, name: unknown, own?: string): string {
  if (typeof name !== 'string' || name.trim() === '') throw missingField('name');
  if (name.length > LONGEST_NAME)
    throw invalid(`The list name must be at most ${LONGEST_NAME} characters long`);
  const holder = portal.lists.byName(name);
  if (holder && holder.listId !== own) {
    throw invalid(`A list with the name "${name}" already exists. List names must be unique.`, {
      subCategory: 'ILS.DUPLICATE_LIST_NAMES',
      context: { listName: [name] },
    });
  }
  return name;
}

/** Makes a list from the body of `POST /crm/v3/lists`; a dynamic or snapshot one goes on in the background. */
export function createList(portal: Portal, input: ListInput, userId: string): ListState {
  const objectTypeId = String(input.objectTypeId ?? '');
  if (input.objectTypeId === undefined) throw missingField('objectTypeId');
  const { processingType } = input;
  if (processingType === undefined) throw missingField('processingType');
  if (processingType !== 'MANUAL' && processingType !== 'DYNAMIC' && processingType !== 'SNAPSHOT') {
    throw invalid(`Invalid processingType: ${processingType}. Use one of [MANUAL, DYNAMIC, SNAPSHOT]`);
  }
  if (!portal.hasType(objectTypeId)) {
    throw invalid(`The objectTypeId ${objectTypeId} provided for the list is not valid for this portal.`, {
      subCategory: 'ListError.INVALID_OBJECT_TYPE_FOR_LIST',
    });
  }
  const name = checkName(portal, input.name);
  const filtered = processingType !== 'MANUAL';
  if (processingType === 'DYNAMIC' && !input.filterBranch) throw missingField('filterBranch');
  if (!filtered && input.filterBranch) throw invalid('A MANUAL list cannot have a filterBranch');
  const filterBranch =
    filtered && input.filterBranch ? parseRoot(portal, objectTypeId, input.filterBranch) : undefined;
  checkPlan(portal, processingType);
  const listId = String(portal.nextNumber('lists', 1));
  const now = portal.world.clock.now();
  const list: ListState = {
    ...{ listId, name, objectTypeId, processingType, listVersion: 1, createdAt: now, updatedAt: now },
    processingStatus: filterBranch ? 'PROCESSING' : 'COMPLETE',
    ...(filterBranch ? { filterBranch, filtersUpdatedAt: now } : {}),
    ...{ createdById: userId, updatedById: userId, folderId: folderOf(portal, input.listFolderId) },
    legacyListId: String(100_000 + Number(listId)),
    listPermissions: { teamsWithEditAccess: [], usersWithEditAccess: [], ...input.listPermissions },
    membershipSettings: { membershipTeamId: null, includeUnassigned: null, ...input.membershipSettings },
    ...(input.customProperties ? { customProperties: input.customProperties } : {}),
    ...{ editHistory: [now], sizeHistory: [{ timestamp: now, size: 0 }] },
  };
  portal.lists.save(list);
  if (filterBranch) portal.lists.processor.start(list);
  return list;
}

function checkPlan(portal: Portal, processingType: ListState['processingType']) {
  const active = processingType === 'DYNAMIC';
  const { planListLimit } = portal.world.config.current;
  const used = portal.lists.all().filter((list) => (list.processingType === 'DYNAMIC') === active).length;
  if (used < planListLimit) return;
  const kind = active ? 'active' : 'static';
  throw invalid(`You have reached your account's limit of ${planListLimit} ${kind} lists.`, {
    subCategory: 'ListError.LIST_LIMIT_REACHED',
  });
}

function folderOf(portal: Portal, folderId: unknown): string {
  const id = String(folderId ?? '0');
  if (id !== '0' && !portal.collection('folders').has(id))
    throw notFound(`Folder does not exist with ID ${id}.`);
  return id;
}

export function renameList(call: Call, list: ListState): ListState {
  const listName = call.query.get('listName');
  if (listName === null) return list;
  const name = checkName(call.portal, listName, list.listId);
  return saveEdit(call, { ...list, name });
}

/** New filters: the version grows and the list is evaluated anew in the background. */
export async function changeFilters(call: Call, list: ListState): Promise<ListState> {
  if (list.processingType !== 'DYNAMIC') {
    throw invalid(
      `Filters can only be updated on DYNAMIC lists; list ${list.listId} is ${list.processingType}`,
    );
  }
  const { filterBranch } = await call.json<{ filterBranch?: unknown }>();
  if (filterBranch === undefined) throw missingField('filterBranch');
  const branch = parseRoot(call.portal, list.objectTypeId, filterBranch);
  const next = saveEdit(call, {
    ...{ ...list, filterBranch: branch, filtersUpdatedAt: call.portal.world.clock.now() },
    ...{ listVersion: list.listVersion + 1, processingStatus: 'PROCESSING' },
  });
  call.portal.lists.processor.start(next);
  return next;
}

export function saveEdit(call: Call, list: ListState): ListState {
  const now = call.portal.world.clock.now();
  const updatedById = String(call.session.userId);
  const next = { ...list, updatedAt: now, updatedById, editHistory: [...list.editHistory, now] };
  call.portal.lists.save(next);
  return next;
}
