import { memberRoute } from '#lib/auth/server/route.ts';
import { lintRequestSchema } from '#lib/segments/schemas.ts';
import { lintFilters } from '#lib/segments/server/index.ts';

export const POST = memberRoute({
  body: lintRequestSchema,
  run: ({ actor, body }) => lintFilters(actor, body),
});
