import type { Org } from '../records/org.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { orgInfoRoutes } from './org-info.ts';
import { type Locators, queryRoutes } from './query.ts';
import { sobjectRoutes } from './sobjects.ts';
import type { Route } from './types.ts';
import type { Usage } from './usage.ts';

/** Every route below the version; the more particular patterns come first. */
export function apiRoutes(parts: { org: Org; usage: Usage; locators: Locators }): Route[] {
  const routes: Route[] = [
    ...orgInfoRoutes(parts.usage),
    ...queryRoutes(parts.locators),
    ...collectionRoutes,
    ...sobjectRoutes,
  ];
  routes.push(...compositeRoutes(() => routes));
  return routes;
}
