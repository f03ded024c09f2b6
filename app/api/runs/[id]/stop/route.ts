import { adminRoute } from '#lib/auth/server/route.ts';
import { runParamsSchema } from '#lib/sync/schemas.ts';
import { stopRun } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: runParamsSchema,
  run: ({ actor, params }) => stopRun(actor, params.id),
});
