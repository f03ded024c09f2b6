import { adminRoute } from '#lib/auth/server/route.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';
import { confirmChange } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: changeParamsSchema,
  run: ({ actor, params }) => confirmChange(actor, params.id),
});
