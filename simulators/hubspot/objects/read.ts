import { invalid, recordNotFound } from '../http/errors.ts';
import { type Call, listParam } from '../http/router.ts';
import { compareIds, type ObjectStore } from './object-store.ts';
import { canRead } from './sensitivity.ts';
import type { CrmRecord } from './types.ts';
import { historyOf } from './write.ts';

/** What a caller wants to see of a record. */
export interface View {
  properties: string[];
  history: string[];
  associations: string[];
  /** Those of the caller: sensitive values need their own. */
  scopes: readonly string[];
}

export function viewOf(call: Call): View {
  return {
    properties: listParam(call.query, 'properties'),
    history: listParam(call.query, 'propertiesWithHistory'),
    associations: listParam(call.query, 'associations'),
    scopes: call.session.scopes,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * The record as the API answers it. Properties that do not exist, or that the caller may not see, are left out, empty
 * ones are null.
 */
export function present(store: ObjectStore, record: CrmRecord, view: Partial<View> = {}) {
  const { properties = [], associations = [], scopes = [] } = view;
  const shown = (name: string) => {
    const property = store.property(name);
    return property !== undefined && canRead(store, property, scopes);
  };
  const history = view.history?.filter(shown) ?? [];
  const always =
    store.type.id === '0-1' ? CONTACT_ALWAYS : ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];
  const wanted = properties.length > 0 || (view.history?.length ?? 0) > 0 ? properties : store.type.defaults;
  const names = [...new Set([...wanted.map((name) => name.toLowerCase()), ...history, ...always])].sort();
  const values: Record<string, string | null> = {};
  for (const name of names) {
    if (shown(name)) values[name] = store.value(record, name) ?? null;
  }
  return {
    id: record.id,
    properties: values,
    ...(history.length > 0 ? { propertiesWithHistory: presentHistory(store, record, history) } : {}),
    createdAt: iso(record.createdAt),
    updatedAt: iso(record.updatedAt),
    archived: record.archivedAt !== undefined,
    ...(record.archivedAt === undefined ? {} : { archivedAt: iso(record.archivedAt) }),
    ...(associations.length > 0 ? { associations: presentAssociations(store, record, associations) } : {}),
    url: store.portal.recordUrl(store.type.id, record.id),
  };
}

const CONTACT_ALWAYS = ['createdate', 'hs_object_id', 'lastmodifieddate'];

/** A record right after a write: what was sent, and what HubSpot filled in by itself. */
export function presentWritten(store: ObjectStore, record: CrmRecord, changed?: string[]) {
  const core = store.type.id === '0-1' ? CONTACT_CORE : ['hs_object_source', 'hs_object_source_label'];
  const all = changed ? [...changed, ...core] : [...Object.keys(record.properties), ...core, ...CREATE_ONLY];
  return present(store, record, {
    properties: all.filter((name) => store.value(record, name) !== undefined),
  });
}

const CONTACT_CORE = [
  ...['hs_all_contact_vids', 'hs_email_domain', 'hs_full_name_or_email', 'hs_is_contact', 'hs_is_unworked'],
  ...['hs_associated_target_accounts', 'hs_object_source', 'hs_object_source_id', 'hs_object_source_label'],
  ...['hs_pipeline', 'hs_searchable_calculated_phone_number', 'lifecyclestage'],
];
const CREATE_ONLY = ['num_notes'];

function presentHistory(store: ObjectStore, record: CrmRecord, names: string[]) {
  const result: Record<string, unknown[]> = {};
  for (const name of names) {
    if (!store.property(name)) continue;
    const stored = historyOf(record, name);
    const value = store.value(record, name);
    const entries =
      stored.length > 0 || value === undefined
        ? stored
        : [{ value, timestamp: record.updatedAt, sourceType: 'CALCULATED' }];
    result[name] = entries.map((entry) => ({ ...entry, timestamp: iso(entry.timestamp) }));
  }
  return result;
}

function presentAssociations(store: ObjectStore, record: CrmRecord, names: string[]) {
  const { associations } = store.portal;
  const result: Record<string, { results: { id: string; type: string }[] }> = {};
  for (const name of names) {
    const other = store.portal.objects(name).type;
    const results = associations.of(store.type.id, record.id, other.id).flatMap(({ toId, links }) =>
      links.map((link) => ({
        id: toId,
        type: associations.type(link)?.label
          ? `${store.type.singular}_to_${other.singular}_${link === 1 || link === 2 ? 'primary' : link}`
          : `${store.type.singular}_to_${other.singular}`,
      })),
    );
    if (results.length > 0) result[other.plural] = { results };
  }
  return result;
}

/** The record a path names, by id or by a unique property; a 404 when there is none (or only in the bin). */
export function locate(
  store: ObjectStore,
  id: string,
  idProperty: string | null | undefined,
  archived = false,
): CrmRecord {
  const record = idProperty ? store.findBy(uniqueName(store, idProperty), id) : store.find(id);
  if (!record || (record.archivedAt !== undefined) !== archived) throw recordNotFound();
  return record;
}

/** A property by which records can be named; a 400 for any other. */
export function uniqueName(store: ObjectStore, idProperty: string): string {
  const name = idProperty.toLowerCase();
  if (!store.property(name)) throw invalid(`Property "${idProperty}" does not exist`);
  if (!store.isUnique(name)) {
    throw invalid(`The property "${idProperty}" is not a unique identifier property of ${store.type.plural}`);
  }
  return name;
}

/** One page of a list of records, by ascending id; `after` is the id of the first record of the page. */
export function listRecords(call: Call, store: ObjectStore, limit: number) {
  const view = viewOf(call);
  const archived = call.query.get('archived') === 'true';
  const after = call.query.get('after');
  if (after !== null && !/^\d+$/.test(after)) throw invalid(`Invalid paging cursor: ${after}`);
  const found: CrmRecord[] = [];
  for (let at = after ? firstAtOrAfter(store.ids, after) : 0; at < store.ids.length; at += 1) {
    const record = store.records.get(store.ids[at] ?? '');
    if (!record || (record.archivedAt !== undefined) !== archived) continue;
    found.push(record);
    if (found.length > limit) break;
  }
  const next = found[limit]?.id;
  const results = found.slice(0, limit).map((record) => present(store, record, view));
  return { results, ...(next ? { paging: { next: { after: next, link: nextLink(call, next) } } } : {}) };
}

export function nextLink(call: Call, after: string): string {
  const url = new URL(call.request.url);
  url.searchParams.set('after', after);
  return url.toString();
}

function firstAtOrAfter(ids: string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle] ?? '', id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
