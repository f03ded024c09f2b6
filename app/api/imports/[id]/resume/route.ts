import { adminRoute } from '#lib/auth/server/route.ts';
import { importParamsSchema } from '#lib/imports/schemas.ts';
import { resumeImport } from '#lib/imports/server/index.ts';

export const POST = adminRoute({
  params: importParamsSchema,
  run: ({ actor, params }) => resumeImport(actor, params.id),
});
