import { invalid } from '../http/errors.ts';
import { compareIds, type ObjectStore } from './object-store.ts';
import { present } from './read.ts';
import { type Condition, compileGroups } from './search-filter.ts';
import type { CrmRecord } from './types.ts';

interface SearchRequest {
  query?: string;
  filterGroups?: unknown;
  filters?: unknown;
  sorts?: unknown;
  properties?: unknown;
  limit?: unknown;
  after?: unknown;
}

const REACH = 10_000;
const QUERY_FIELDS: Record<string, readonly string[]> = {
  '0-1': [
    ...['firstname', 'lastname', 'email', 'phone', 'hs_additional_emails', 'fax', 'mobilephone', 'company'],
    'hs_marketable_until_renewal',
  ],
  '0-2': ['website', 'phone', 'name', 'domain'],
  '0-3': ['dealname', 'pipeline', 'dealstage'],
};

/** `POST /crm/v3/objects/{type}/search`. Sees records as they were `searchDelayMs` ago, never archived ones. */
export function search(store: ObjectStore, body: SearchRequest, scopes: readonly string[]) {
  const limit = wholeNumber('limit', body.limit, 10, 200);
  const after = wholeNumber('after', body.after, 0, Number.MAX_SAFE_INTEGER);
  if (limit < 1) throw invalid('limit must be greater than or equal to 1');
  if (after >= REACH) throw invalid(`Paging past ${REACH} results is not supported: after ${after}`);
  const matches = compileGroups(
    store,
    body.filterGroups ?? (body.filters ? [{ filters: body.filters }] : []),
  );
  const words = wordsOf(store, body.query);
  const found: CrmRecord[] = [];
  for (const record of store.index.visible()) if (matches(record) && words(record)) found.push(record);
  sort(store, found, body.sorts);
  const properties = namesOf(body.properties);
  const page = found.slice(after, Math.min(after + limit, REACH));
  const next = after + limit;
  return {
    total: found.length,
    results: page.map((record) => present(store, record, { properties, scopes })),
    ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
  };
}

function wholeNumber(name: string, value: unknown, fallback: number, max: number): number {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw invalid(`${name} must be a non-negative integer`);
  if (number > max) throw invalid(`${name} must be less than or equal to ${max}`);
  return number;
}

function namesOf(properties: unknown): string[] {
  if (properties === undefined || properties === null) return [];
  if (!Array.isArray(properties)) throw invalid('properties must be a list of property names');
  return properties.map(String);
}

function wordsOf(store: ObjectStore, query: unknown): Condition {
  if (query === undefined || query === null || query === '') return () => true;
  if (typeof query !== 'string') throw invalid('query must be a string');
  if (query.length > 3_000) throw invalid('The query must be at most 3000 characters long');
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fields = QUERY_FIELDS[store.type.id] ?? ['subject', 'content', 'name'];
  return (record) => {
    const text = fields.map((field) => store.value(record, field)?.toLowerCase() ?? '').join('\n');
    return words.every((word) => text.includes(word));
  };
}

function sort(store: ObjectStore, records: CrmRecord[], sorts: unknown) {
  const list = sorts === undefined || sorts === null ? [] : sorts;
  if (!Array.isArray(list)) throw invalid('sorts must be a list');
  if (list.length > 1) throw invalid('Only one sort is supported');
  const [first] = list as (string | { propertyName?: string; direction?: string })[];
  if (first === undefined) {
    records.sort((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
    return;
  }
  const text = typeof first === 'string' ? first.replace(/^-/, '') : first.propertyName;
  const name = text?.toLowerCase() ?? '';
  const property = store.property(name);
  if (!property) throw invalid(`There was a problem with the request: sort property ${text} does not exist`);
  const descending =
    typeof first === 'string' ? first.startsWith('-') : first.direction?.toUpperCase() === 'DESCENDING';
  const sign = descending ? -1 : 1;
  const key = sortKey(store, name, property.type);
  records.sort((a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === right) return compareIds(a.id, b.id);
    // Records without a value come last in either direction.
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right ? -sign : sign;
  });
}

/** Times of the record itself are compared as numbers: turning them into text for every record is slow. */
function sortKey(
  store: ObjectStore,
  name: string,
  type: string,
): (record: CrmRecord) => string | number | undefined {
  if (name === store.type.modified || name === 'hs_lastmodifieddate') return (record) => record.updatedAt;
  if (name === 'createdate' || name === 'hs_createdate') return (record) => record.createdAt;
  if (type !== 'number') return (record) => store.value(record, name)?.toLowerCase();
  return (record) => {
    const value = store.value(record, name);
    return value === undefined ? undefined : Number(value);
  };
}
