import { apiError } from '../errors.ts';
import type { SObject } from '../metadata/types.ts';
import { runQuery } from '../soql/engine.ts';
import type { Project } from '../soql/select.ts';
import { headerOptions, queryScope } from './input.ts';
import { type ApiRequest, type ApiResponse, type Handler, type Route, route } from './types.ts';

const LOCATOR_LIFE_MS = 2 * 24 * 60 * 60 * 1000;
const MAX_LOCATORS = 100;
const MAX_PAGE = 2000;
const MIN_PAGE = 200;
/** Wide rows come in smaller pages. */
const WIDE_ROW_FIELDS = 60;
const WIDE_PAGE = 500;

interface Locator {
  userId: string;
  /** The rows as they were when the query ran. */
  records: SObject[];
  project: Project;
  page: number;
  expiresAt: number;
}

/** Result sets that are read in pages: snapshots of rows, for two days. They do not outlive the process. */
export class Locators {
  readonly #open = new Map<string, Locator>();
  #count = 0;

  add(locator: Locator): string {
    for (const oldest of this.#open.keys()) {
      if (this.#open.size < MAX_LOCATORS) break;
      this.#open.delete(oldest);
    }
    const id = `01g0000000${(++this.#count).toString(36).padStart(5, '0').toUpperCase()}AAA`;
    this.#open.set(id, locator);
    return id;
  }

  find(id: string, userId: string, now: number): Locator | null {
    const locator = this.#open.get(id);
    if (locator === undefined || locator.userId !== userId || locator.expiresAt <= now) return null;
    return locator;
  }

  clear(): void {
    this.#open.clear();
  }
}

function pageSize(request: ApiRequest, fields: number): number {
  const asked = Number(headerOptions(request.header('sforce-query-options')).get('batchsize') ?? MAX_PAGE);
  const widest = fields > WIDE_ROW_FIELDS ? WIDE_PAGE : MAX_PAGE;
  if (!Number.isFinite(asked)) return widest;
  return Math.min(widest, Math.max(MIN_PAGE, Math.floor(asked)));
}

function invalidLocator() {
  return apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}

function page(request: ApiRequest, locator: Locator, id: string, from: number): ApiResponse {
  const records = locator.records.slice(from, from + locator.page).map(locator.project);
  const next = from + locator.page;
  const done = next >= locator.records.length;
  return {
    status: 200,
    body: {
      totalSize: locator.records.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `${request.base}/query/${id}-${next}` }),
      records,
    },
  };
}

function start(locators: Locators, request: ApiRequest, includeDeleted: boolean): ApiResponse {
  const soql = request.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw apiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  }
  const result = runQuery(queryScope(request, soql), includeDeleted);
  if (result.countOnly) {
    return { status: 200, body: { totalSize: result.total, done: true, records: [] } };
  }
  if (result.rows !== null) {
    if (result.rows.length > MAX_PAGE) {
      const text =
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
      throw apiError(500, 'EXCEEDED_ID_LIMIT', text);
    }
    return { status: 200, body: { totalSize: result.total, done: true, records: result.rows } };
  }
  const locator: Locator = {
    userId: request.user.Id,
    records: result.records,
    project: result.project,
    page: pageSize(request, result.query.items.length),
    expiresAt: request.org.clock.now() + LOCATOR_LIFE_MS,
  };
  const id = result.records.length > locator.page ? locators.add(locator) : '';
  return page(request, locator, id, 0);
}

/** query, queryAll and their next pages. */
export function queryRoutes(locators: Locators): Route[] {
  const more: Handler = (request, { locator: name = '' }) => {
    const match = /^(\w+)-(\d+)$/.exec(name);
    const locator = locators.find(match?.[1] ?? '', request.user.Id, request.org.clock.now());
    if (match === null || locator === null) throw invalidLocator();
    const from = Number(match[2]);
    if (from >= locator.records.length) throw invalidLocator();
    return page(request, locator, match[1] ?? '', from);
  };
  return [
    route('GET', 'query', (request) => start(locators, request, false)),
    route('GET', 'queryAll', (request) => start(locators, request, true)),
    route('GET', 'query/:locator', more),
    route('GET', 'queryAll/:locator', more),
  ];
}
