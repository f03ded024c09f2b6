import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { importRequestSchema } from '#lib/imports/schemas.ts';
import { getImportOptions, startCount } from '#lib/imports/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => getImportOptions(actor) });

export const POST = adminRoute({
  body: importRequestSchema,
  run: ({ actor, body }) => startCount(actor, body),
});
