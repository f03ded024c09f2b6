import { adminRoute } from '#lib/auth/server/route.ts';
import { conflictParamsSchema } from '#lib/insight/schemas.ts';
import { dismissConflict } from '#lib/insight/server/index.ts';

export const POST = adminRoute({
  params: conflictParamsSchema,
  run: ({ actor, params }) => dismissConflict(actor, params),
});
