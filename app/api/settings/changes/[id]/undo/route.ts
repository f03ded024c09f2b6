import { adminRoute } from '#lib/auth/server/route.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';
import { undoChange } from '#lib/settings/server/index.ts';

export const POST = adminRoute({
  params: changeParamsSchema,
  run: ({ actor, params }) => undoChange(actor, params.id),
});
