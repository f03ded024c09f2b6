import { memberRoute } from '#lib/auth/server/route.ts';
import { getReceipt } from '#lib/insight/server/index.ts';
import { runParamsSchema } from '#lib/sync/schemas.ts';

export const GET = memberRoute({
  params: runParamsSchema,
  run: ({ actor, params }) => getReceipt(actor, params.id),
});
