import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { choiceExportQuerySchema } from '#lib/insight/schemas.ts';
import { exportSwitchPeople } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: choiceExportQuerySchema,
  run: ({ actor, query: { list, ...query } }) => exportSwitchPeople(actor, { listId: list }, query),
  respond: csvResponse('switch-people.csv'),
});
