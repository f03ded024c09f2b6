import { adminRoute } from '#lib/auth/server/route.ts';
import { retrySchema } from '#lib/insight/schemas.ts';
import { retryOutcomes } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  body: retrySchema,
  run: ({ actor, body }) => retryOutcomes(actor, body.outcomeIds),
});
