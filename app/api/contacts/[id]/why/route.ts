import { memberRoute } from '#lib/auth/server/route.ts';
import { whyQuerySchema } from '#lib/insight/schemas.ts';
import { getWhy } from '#lib/insight/server/index.ts';
import { contactParamsSchema } from '#lib/sync/schemas.ts';

export const GET = memberRoute({
  params: contactParamsSchema,
  query: whyQuerySchema,
  run: ({ actor, params, query }) => getWhy(actor, params.id, query.read),
});
