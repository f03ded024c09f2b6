import { invalid, missingField, notFound } from '../http/errors.ts';
import { type Answer, type Call, noContent, ok, type Route } from '../http/router.ts';
import type { Portal } from '../portal.ts';
import { findList } from './define.ts';

interface Folder {
  id: string;
  name: string;
  parentFolderId: string;
  createdAt: string;
  updatedAt: string;
  userId: number;
}

interface FolderTree extends Omit<Partial<Folder>, 'id' | 'parentFolderId'> {
  id: number;
  parentFolderId: number;
  childNodes: FolderTree[];
  childLists: number[];
}

const BASE = '/crm/v3/lists/folders';
const ROOT = '0';
const DEEPEST = 5;

const foldersOf = (portal: Portal) => portal.collection<Folder>('folders');

function find(portal: Portal, id: string): Folder {
  const folder = foldersOf(portal).get(id);
  if (!folder) throw notFound(`Folder does not exist with ID ${id}.`);
  return folder;
}

function tree(portal: Portal, id: string): FolderTree {
  const folder = id === ROOT ? undefined : find(portal, id);
  const children = [...foldersOf(portal).values()].filter((each) => each.parentFolderId === id);
  const lists = portal.lists.all().filter((list) => list.folderId === id);
  return {
    ...folder,
    ...{ id: Number(id), parentFolderId: Number(folder?.parentFolderId ?? ROOT) },
    childNodes: children.map((each) => tree(portal, each.id)),
    childLists: lists.map((list) => Number(list.listId)),
  };
}

function depth(portal: Portal, id: string): number {
  return id === ROOT ? 0 : 1 + depth(portal, find(portal, id).parentFolderId);
}

async function create(call: Call): Promise<Answer> {
  const body = await call.json<{ name?: unknown; parentFolderId?: unknown }>();
  if (typeof body.name !== 'string' || body.name === '') throw missingField('name');
  const parentFolderId = String(body.parentFolderId ?? ROOT);
  if (depth(call.portal, parentFolderId) >= DEEPEST)
    throw invalid(`Folders can be nested ${DEEPEST} deep at most`);
  const id = String(call.portal.nextNumber('folders', 1));
  const at = call.portal.world.clock.iso();
  const { userId } = call.session;
  foldersOf(call.portal).set(id, {
    id,
    name: body.name,
    parentFolderId,
    createdAt: at,
    updatedAt: at,
    userId,
  });
  return ok({ folder: tree(call.portal, id) });
}

function save(call: Call, folder: Folder): Answer {
  foldersOf(call.portal).set(folder.id, { ...folder, updatedAt: call.portal.world.clock.iso() });
  return ok({ folder: tree(call.portal, folder.id) });
}

function move(call: Call): Answer {
  const { folderId = '', newParentFolderId = '' } = call.params;
  const folder = find(call.portal, folderId);
  for (let at = newParentFolderId; at !== ROOT; at = find(call.portal, at).parentFolderId) {
    if (at === folderId) throw invalid('A folder cannot be moved into itself');
  }
  return save(call, { ...folder, parentFolderId: newParentFolderId });
}

function rename(call: Call): Answer {
  const folder = find(call.portal, call.params.folderId ?? '');
  return save(call, { ...folder, name: call.query.get('newFolderName') ?? folder.name });
}

function remove(call: Call): Answer {
  const { folderId = '' } = call.params;
  const { childNodes, childLists } = tree(call.portal, folderId);
  if (childNodes.length > 0 || childLists.length > 0) throw invalid(`Folder ${folderId} is not empty`);
  foldersOf(call.portal).delete(folderId);
  return noContent();
}

async function moveList(call: Call): Promise<Answer> {
  const body = await call.json<{ listId?: unknown; newFolderId?: unknown }>();
  if (body.listId === undefined) throw missingField('listId');
  if (body.newFolderId === undefined) throw missingField('newFolderId');
  const list = findList(call.portal, String(body.listId));
  const folderId = String(body.newFolderId);
  if (folderId !== ROOT) find(call.portal, folderId);
  call.portal.lists.save({ ...list, folderId });
  return noContent();
}

const WRITE = ['crm.lists.write'];

export const folderRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: BASE, scopes: ['crm.lists.read'] },
    handler: (call) => ok({ folder: tree(call.portal, call.query.get('folderId') ?? ROOT) }),
  },
  { method: 'POST', path: BASE, scopes: WRITE, handler: create },
  { method: 'DELETE', path: `${BASE}/{folderId}`, scopes: WRITE, handler: remove },
  { method: 'PUT', path: `${BASE}/{folderId}/move/{newParentFolderId}`, scopes: WRITE, handler: move },
  { method: 'PUT', path: `${BASE}/{folderId}/rename`, scopes: WRITE, handler: rename },
  { method: 'PUT', path: `${BASE}/move-list`, scopes: WRITE, handler: moveList },
];
