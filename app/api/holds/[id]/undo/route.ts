import { adminRoute } from '#lib/auth/server/route.ts';
import { holdParamsSchema } from '#lib/sync/schemas.ts';
import { undoHold } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: holdParamsSchema,
  run: ({ actor, params }) => undoHold(actor, params.id),
});
