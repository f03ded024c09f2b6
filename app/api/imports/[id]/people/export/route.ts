import { memberRoute } from '#lib/auth/server/route.ts';
import { importParamsSchema, peopleExportQuerySchema } from '#lib/imports/schemas.ts';
import { exportImportPeople } from '#lib/imports/server/index.ts';

export const GET = memberRoute({
  params: importParamsSchema,
  query: peopleExportQuerySchema,
  run: ({ actor, params, query }) => exportImportPeople(actor, params.id, query.group),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="import.csv"',
        'cache-control': 'no-store',
      },
    }),
});
