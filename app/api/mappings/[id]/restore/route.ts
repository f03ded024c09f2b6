import { adminRoute } from '#lib/auth/server/route.ts';
import { mappingParamsSchema } from '#lib/mappings/schemas.ts';
import { restoreMapping } from '#lib/mappings/server/index.ts';

export const POST = adminRoute({
  params: mappingParamsSchema,
  run: ({ actor, params }) => restoreMapping(actor, params.id),
});
