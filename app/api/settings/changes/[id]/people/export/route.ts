import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { switchExportQuerySchema } from '#lib/insight/schemas.ts';
import { exportSwitchPeople } from '#lib/insight/server/index.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';

export const GET = memberRoute({
  params: changeParamsSchema,
  query: switchExportQuerySchema,
  run: ({ actor, params, query }) => exportSwitchPeople(actor, { changeId: params.id }, query),
  respond: csvResponse('switch-people.csv'),
});
