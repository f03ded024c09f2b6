import { ingestRoutes } from '../bulk/ingest-routes.ts';
import type { Jobs } from '../bulk/jobs.ts';
import { bulkQueryRoutes } from '../bulk/query-routes.ts';
import { batchRoutes } from './batch.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { graphRoutes } from './graph.ts';
import { orgInfoRoutes } from './org-info.ts';
import { type Locators, queryRoutes } from './query.ts';
import { replicationRoutes } from './replication.ts';
import { sobjectRoutes } from './sobjects.ts';
import type { Route } from './types.ts';
import type { Usage } from './usage.ts';

/** Every route below the version; the more particular patterns come first. */
export function apiRoutes(parts: { usage: Usage; locators: Locators; jobs: Jobs }): Route[] {
  const routes: Route[] = [
    ...orgInfoRoutes(parts.usage),
    ...queryRoutes(parts.locators),
    ...collectionRoutes,
    ...replicationRoutes,
    ...ingestRoutes(parts.jobs),
    ...bulkQueryRoutes(parts.jobs),
    ...sobjectRoutes,
  ];
  routes.push(...compositeRoutes(() => routes), ...graphRoutes(() => routes));
  routes.push(...batchRoutes(() => routes, parts.usage));
  return routes;
}
