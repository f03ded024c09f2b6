import { memberRoute } from '#lib/auth/server/route.ts';
import { switchExportQuerySchema } from '#lib/insight/schemas.ts';
import { exportSwitchPeople } from '#lib/insight/server/index.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';

export const GET = memberRoute({
  params: changeParamsSchema,
  query: switchExportQuerySchema,
  run: ({ actor, params, query }) => exportSwitchPeople(actor, params.id, query),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="switch-people.csv"',
        'cache-control': 'no-store',
      },
    }),
});
