import { memberRoute } from '#lib/auth/server/route.ts';
import { importParamsSchema } from '#lib/imports/schemas.ts';
import { getImport } from '#lib/imports/server/index.ts';

export const GET = memberRoute({
  params: importParamsSchema,
  run: ({ actor, params }) => getImport(actor, params.id),
});
