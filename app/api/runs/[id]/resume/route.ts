import { adminRoute } from '#lib/auth/server/route.ts';
import { runParamsSchema } from '#lib/sync/schemas.ts';
import { resumeRun } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: runParamsSchema,
  run: ({ actor, params }) => resumeRun(actor, params.id),
});
