interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  query: string;
  status: number;
  durationMs: number;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  /** Counts records (not requests) that API calls wrote. */
  wrote(kind: 'created' | 'changed' | 'deleted', records?: number): void;
  report(): RequestReport;
  clear(): void;
}

interface RequestReport {
  total: number;
  /** By `METHOD /path` with ids collapsed to `{id}`. */
  counts: Record<string, number>;
  writes: { created: number; changed: number; deleted: number };
  /** The last 1,000, newest last. */
  requests: LoggedRequest[];
}

const KEPT = 1_000;

/** Remembers what was asked since the last reset. */
export function createRequestLog(): RequestLog {
  let counts = new Map<string, number>();
  let requests: LoggedRequest[] = [];
  let writes = { created: 0, changed: 0, deleted: 0 };
  let total = 0;
  return {
    add(request) {
      total += 1;
      const key = `${request.method} ${collapseIds(hideTokens(request.path))}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      requests.push({ ...request, path: hideTokens(request.path), query: hideSecrets(request.query) });
      if (requests.length > 2 * KEPT) requests = requests.slice(-KEPT);
    },
    wrote(kind, records = 1) {
      writes[kind] += records;
    },
    report: () => ({
      total,
      counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      writes: { ...writes },
      requests: requests.slice(-KEPT),
    }),
    clear() {
      counts = new Map();
      requests = [];
      writes = { created: 0, changed: 0, deleted: 0 };
      total = 0;
    },
  };
}

const hideTokens = (path: string) => path.replace(/((?:access|refresh)-tokens\/)[^/]+/, '$1{id}');
const hideSecrets = (query: string) =>
  query.replace(/([?&](?:hapikey|code|\w*token|\w*secret)=)[^&]*/g, '$1{hidden}');

const OBJECT_TYPE_ID = /^[0-9]-[0-9]+$/;
const DATE_VERSION = /^20\d\d-\d\d$/;
const ID = [
  /^\d+$/,
  /@/,
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/i,
  /^(?=.*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/,
  /^(?=.*\d)[\w-]{24,}$/,
];

/** `/crm/v3/objects/contacts/123` becomes `/crm/v3/objects/contacts/{id}`. */
export function collapseIds(path: string): string {
  const segments = path.split('/').map((segment) => {
    const text = segment.replace(/%40/g, '@');
    if (OBJECT_TYPE_ID.test(text) || DATE_VERSION.test(text)) return segment;
    return ID.some((pattern) => pattern.test(text)) ? '{id}' : segment;
  });
  return segments.join('/');
}
