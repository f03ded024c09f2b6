import { apiError } from '../errors.ts';
import { identityUrl } from '../oauth/identity.ts';
import { FIRST_VERSION, type Handler, LAST_VERSION, type Route, route } from './types.ts';
import type { Usage } from './usage.ts';

/** Release names run with the seasons: 64 is Summer '25. */
function label(version: number): string {
  const seasons = ['Spring', 'Summer', 'Winter'] as const;
  const offset = version - 63;
  const season = seasons[((offset % 3) + 3) % 3];
  const year = 25 + Math.floor(offset / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${year}`;
}

/** The answer of `GET /services/data`: needs no token and costs nothing. */
export function versionList(): { label: string; url: string; version: string }[] {
  const list = [];
  for (let version = FIRST_VERSION; version <= LAST_VERSION; version++) {
    const name = `${version}.0`;
    list.push({ label: label(version), url: `/services/data/v${name}`, version: name });
  }
  return list;
}

const RESOURCES = [
  'sobjects',
  'query',
  'queryAll',
  'search',
  'limits',
  'composite',
  'jobs',
  'recent',
] as const;

const resources: Handler = ({ base, origin, org, user }) => ({
  status: 200,
  body: {
    ...Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`])),
    identity: identityUrl(origin, org.orgId, user.Id),
  },
});

const compositeResources: Handler = ({ base }) => ({
  status: 200,
  body: {
    sobjects: `${base}/composite/sobjects`,
    batch: `${base}/composite/batch`,
    graph: `${base}/composite/graph`,
  },
});

const recordCount: Handler = (request) => {
  const wanted = request.query
    .get('sObjects')
    ?.split(',')
    .map((name) => name.trim().toLowerCase());
  const rows = request.access.schema
    .all()
    .filter((info) => wanted === undefined || wanted.includes(info.def.name.toLowerCase()))
    .filter((info) => request.access.object(info.def.name) !== null)
    .map((info) => {
      let count = 0;
      for (const row of request.org.table(info.def.name).scan()) if (row.IsDeleted !== true) count++;
      return { count, name: info.def.name };
    });
  return { status: 200, body: { sObjects: rows.filter((row) => row.count > 0) } };
};

/** Limits, record counts, the list of resources, recent items, search. */
export function orgInfoRoutes(usage: Usage): Route[] {
  const limits: Handler = ({ org }) => {
    const rows = org.schema.all().reduce((sum, { def }) => sum + org.table(def.name).size, 0);
    const max = 5 * 1024;
    const limit = (Max: number, Remaining = Max) => ({ Max, Remaining: Math.max(0, Remaining) });
    const jobs = org.store.collection<unknown>('bulkJobs').size;
    return {
      status: 200,
      body: {
        ConcurrentAsyncGetReportInstances: limit(200),
        DailyApiRequests: limit(usage.limit, usage.limit - usage.used),
        DailyAsyncApexExecutions: limit(250_000),
        DailyBulkApiBatches: limit(15_000),
        DailyBulkV2QueryFileStorageMB: limit(976_562),
        DailyBulkV2QueryJobs: limit(10_000, 10_000 - jobs),
        DailyDeliveredPlatformEvents: limit(25_000),
        DailyStreamingApiEvents: limit(200_000),
        DataStorageMB: limit(max, max - Math.ceil(rows / 512)),
        FileStorageMB: limit(max),
        HourlyPublishedPlatformEvents: limit(100_000),
        SingleEmail: limit(5_000),
      },
    };
  };
  const search: Handler = (request) => {
    const q = request.query.get('q') ?? '';
    if (!/^\s*FIND\s*\{/i.test(q)) throw apiError(400, 'MALFORMED_SEARCH', 'No search term found.');
    throw apiError(501, 'FEATURE_NOT_ENABLED', 'Search is not available in this org');
  };
  return [
    route('GET', '', resources),
    route('GET', 'composite', compositeResources),
    route('GET', 'limits', limits),
    route('GET', 'limits/recordCount', recordCount),
    route('GET', 'recent', () => ({ status: 200, body: [] })),
    route('GET', 'search', search),
  ];
}
