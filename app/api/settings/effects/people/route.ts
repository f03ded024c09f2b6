import { memberRoute } from '#lib/auth/server/route.ts';
import { choicePeopleQuerySchema } from '#lib/insight/schemas.ts';
import { listSwitchPeople } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: choicePeopleQuerySchema,
  run: ({ actor, query: { list, ...query } }) => listSwitchPeople(actor, { listId: list }, query),
});
