import { invalid } from '../http/errors.ts';
import type { Portal } from '../portal.ts';
import { type ListState, presentFound } from './list-state.ts';

const DEFAULT_PROPERTIES = [
  ...['hs_list_size', 'hs_list_reference_count', 'hs_last_record_added_at', 'hs_last_record_removed_at'],
  'hs_folder_name',
];

interface SearchBody {
  query?: unknown;
  listIds?: unknown;
  processingTypes?: unknown;
  objectTypeId?: unknown;
  offset?: unknown;
  count?: unknown;
  additionalProperties?: unknown;
  sort?: unknown;
}

/** `POST /crm/v3/lists/search`. The returned `offset` is the one of the next page. */
export function searchLists(portal: Portal, body: SearchBody) {
  const offset = bounded('offset', body.offset, 0, Number.MAX_SAFE_INTEGER);
  const count = bounded('count', body.count, 20, 500);
  const query = typeof body.query === 'string' ? body.query.trim().toLowerCase() : '';
  const ids = strings('listIds', body.listIds);
  const types = strings('processingTypes', body.processingTypes);
  const found = portal.lists
    .all()
    .filter(
      (list) =>
        (query === '' || list.name.toLowerCase().includes(query)) &&
        (ids === undefined || ids.length === 0 || ids.includes(list.listId)) &&
        (types === undefined || types.length === 0 || types.includes(list.processingType)) &&
        (body.objectTypeId === undefined || list.objectTypeId === body.objectTypeId),
    );
  sort(portal, found, body.sort);
  const page = found.slice(offset, offset + count);
  return {
    ...{ offset: Math.min(offset + count, found.length), hasMore: offset + count < found.length },
    total: found.length,
    lists: presentPage(portal, page, body.additionalProperties),
  };
}

interface AllBody {
  after?: unknown;
  count?: unknown;
  objectTypeId?: unknown;
  processingTypes?: unknown;
  additionalProperties?: unknown;
}

const PROCESSING_TYPES = ['MANUAL', 'DYNAMIC', 'SNAPSHOT'];

/** `POST /crm/lists/2026-09/all`: by ascending id, behind an opaque cursor. */
export function allLists(portal: Portal, body: AllBody) {
  const count = bounded('count', body.count, 100, 500);
  if (count === 0) throw invalid('count must be greater than or equal to 1');
  const types = strings('processingTypes', body.processingTypes) ?? [];
  const wrong = types.find((type) => !PROCESSING_TYPES.includes(type));
  if (wrong !== undefined) {
    throw invalid(`Invalid processingType: ${wrong}`, { subCategory: 'ListError.INVALID_PROCESSING_TYPE' });
  }
  const after = readCursor(body.after);
  const left = portal.lists
    .all()
    .filter(
      (list) =>
        Number(list.listId) > after &&
        (types.length === 0 || types.includes(list.processingType)) &&
        (body.objectTypeId === undefined || list.objectTypeId === body.objectTypeId),
    )
    .sort((a, b) => Number(a.listId) - Number(b.listId));
  const page = left.slice(0, count);
  const last = page.at(-1);
  const more = left.length > count && last ? { paging: { next: { after: toCursor(last.listId) } } } : {};
  return { lists: presentPage(portal, page, body.additionalProperties), ...more };
}

const CURSOR = 'list:';
const toCursor = (listId: string) => Buffer.from(`${CURSOR}${listId}`).toString('base64url');

/** The id behind a cursor, 0 without one; a 400 for anything that is no cursor of ours. */
function readCursor(after: unknown): number {
  if (after === undefined || after === null || after === '') return 0;
  const text = typeof after === 'string' ? Buffer.from(after, 'base64url').toString() : '';
  const id = new RegExp(`^${CURSOR}(\\d+)$`).exec(text)?.[1];
  if (!id) throw invalid(`Invalid cursor: ${after}`, { subCategory: 'ListError.INVALID_CURSOR' });
  return Number(id);
}

function presentPage(portal: Portal, page: ListState[], more: unknown) {
  const references = countReferences(portal);
  const names = [...DEFAULT_PROPERTIES, ...(strings('additionalProperties', more) ?? [])];
  return page.map((list) => presentFound(list, pick(additional(portal, list, references), names)));
}

/** How many lists name another one in their filters, by the id of that other. */
function countReferences(portal: Portal): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of portal.lists.all()) {
    const named = JSON.stringify(list.filterBranch ?? {}).matchAll(/"listId":"(\d+)"/g);
    for (const id of new Set([...named].map((match) => match[1] ?? '')))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function additional(
  portal: Portal,
  list: ListState,
  references: Map<string, number>,
): Record<string, string | undefined> {
  const folder = portal.collection<{ name: string }>('folders').get(list.folderId);
  return {
    ...list.customProperties,
    hs_list_size: String(portal.lists.size(list.listId)),
    hs_list_size_week_delta: '0',
    hs_list_reference_count: String(references.get(list.listId) ?? 0),
    hs_last_record_added_at: list.lastAddedAt?.toString(),
    hs_last_record_removed_at: list.lastRemovedAt?.toString(),
    hs_folder_name: folder?.name,
    hs_folder_id: list.folderId,
  };
}

function pick(values: Record<string, string | undefined>, names: string[]) {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function sort(portal: Portal, lists: ListState[], order: unknown) {
  const text =
    order === undefined || order === null || order === '' ? 'HS_LIST_ID' : String(order).toUpperCase();
  const descending = text.startsWith('-');
  const key = sortKeys[text.replace(/^[-+]/, '')];
  if (!key) throw invalid(`Invalid sort: ${order}`);
  lists.sort((a, b) => {
    const [left, right] = [key(a, portal), key(b, portal)];
    if (left === right) return Number(a.listId) - Number(b.listId);
    return left < right === descending ? 1 : -1;
  });
}

const sortKeys: Record<string, (list: ListState, portal: Portal) => string | number> = {
  HS_LIST_ID: (list) => Number(list.listId),
  HS_LIST_NAME: (list) => list.name.toLowerCase(),
  HS_LIST_SIZE: (list, portal) => portal.lists.size(list.listId),
  HS_CREATEDATE: (list) => list.createdAt,
  HS_CREATED_AT: (list) => list.createdAt,
  HS_LASTMODIFIEDDATE: (list) => list.updatedAt,
  HS_UPDATED_AT: (list) => list.updatedAt,
};

function bounded(name: string, value: unknown, fallback: number, max: number): number {
  if (value === undefined || value === null) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw invalid(`${name} must be an integer, 0 or more`);
  if (number > max) throw invalid(`${name} must be less than or equal to ${max}`);
  return number;
}

function strings(name: string, value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid(`${name} must be a list`);
  return value.map(String);
}
