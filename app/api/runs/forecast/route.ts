import { adminRoute } from '#lib/auth/server/route.ts';
import { forecastResync } from '#lib/sync/server/index.ts';

/** Costs Salesforce calls, so only those who may start a resync may ask. */
export const GET = adminRoute({ run: ({ actor }) => forecastResync(actor) });
