import { adminRoute } from '#lib/auth/server/route.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';
import { goOnUncounted } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: changeParamsSchema,
  run: ({ actor, params }) => goOnUncounted(actor, params.id),
});
