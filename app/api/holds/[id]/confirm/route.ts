import { adminRoute } from '#lib/auth/server/route.ts';
import { holdParamsSchema } from '#lib/sync/schemas.ts';
import { confirmWriting } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: holdParamsSchema,
  run: ({ actor, params }) => confirmWriting(actor, params.id),
});
