import { memberRoute } from '#lib/auth/server/route.ts';
import { switchPeopleQuerySchema } from '#lib/insight/schemas.ts';
import { listSwitchPeople } from '#lib/insight/server/index.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';

export const GET = memberRoute({
  params: changeParamsSchema,
  query: switchPeopleQuerySchema,
  run: ({ actor, params, query }) => listSwitchPeople(actor, { changeId: params.id }, query),
});
