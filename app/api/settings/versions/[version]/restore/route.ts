import { adminRoute } from '#lib/auth/server/route.ts';
import { restoreBodySchema, versionParamsSchema } from '#lib/settings/schemas.ts';
import { restoreSettings } from '#lib/settings/server/index.ts';

export const POST = adminRoute({
  params: versionParamsSchema,
  body: restoreBodySchema,
  run: ({ actor, params, body }) => restoreSettings(actor, params.version, body),
});
