import { memberRoute } from '#lib/auth/server/route.ts';
import { errorQuerySchema } from '#lib/insight/schemas.ts';
import { listErrors } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: errorQuerySchema,
  run: ({ actor, query }) => listErrors(actor, query),
});
