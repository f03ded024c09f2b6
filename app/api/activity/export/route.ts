import { outcomeQuerySchema } from '#lib/activity/schemas.ts';
import { exportOutcomes } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const GET = memberRoute({
  query: outcomeQuerySchema,
  run: ({ actor, query }) => exportOutcomes(actor, query),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="sync-activity.csv"',
        'cache-control': 'no-store',
      },
    }),
});
