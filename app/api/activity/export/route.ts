import { outcomeQuerySchema } from '#lib/activity/schemas.ts';
import { exportOutcomes } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';

export const GET = memberRoute({
  query: outcomeQuerySchema,
  run: ({ actor, query }) => exportOutcomes(actor, query),
  respond: csvResponse('sync-activity.csv'),
});
