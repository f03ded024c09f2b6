import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { importParamsSchema, peopleExportQuerySchema } from '#lib/imports/schemas.ts';
import { exportImportPeople } from '#lib/imports/server/index.ts';

export const GET = memberRoute({
  params: importParamsSchema,
  query: peopleExportQuerySchema,
  run: ({ actor, params, query }) => exportImportPeople(actor, params.id, query.group),
  respond: csvResponse('import.csv'),
});
