import { memberRoute } from '#lib/auth/server/route.ts';
import { findPeopleQuerySchema } from '#lib/segments/schemas.ts';
import { findPeople } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  query: findPeopleQuerySchema,
  run: ({ actor, query }) => findPeople(actor, query.q),
});
