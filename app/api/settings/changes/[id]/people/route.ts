import { memberRoute } from '#lib/auth/server/route.ts';
import { listSwitchPeople } from '#lib/insight/server/index.ts';
import { switchPeopleQuerySchema } from '#lib/insight/switch-schemas.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';

export const GET = memberRoute({
  params: changeParamsSchema,
  query: switchPeopleQuerySchema,
  run: ({ actor, params, query }) => listSwitchPeople(actor, params.id, query),
});
