import { memberRoute } from '#lib/auth/server/route.ts';
import { runParamsSchema } from '#lib/sync/schemas.ts';
import { getRun } from '#lib/sync/server/index.ts';

export const GET = memberRoute({
  params: runParamsSchema,
  run: ({ actor, params }) => getRun(actor, params.id),
});
