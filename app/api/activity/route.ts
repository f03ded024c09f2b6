import { outcomeQuerySchema } from '#lib/activity/schemas.ts';
import { searchOutcomes } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const GET = memberRoute({
  query: outcomeQuerySchema,
  run: ({ actor, query }) => searchOutcomes(actor, query),
});
