import { memberRoute } from '#lib/auth/server/route.ts';
import { versionsQuerySchema } from '#lib/settings/schemas.ts';
import { listVersions } from '#lib/settings/server/index.ts';

export const GET = memberRoute({
  query: versionsQuerySchema,
  run: ({ actor, query }) => listVersions(actor, query.page),
});
