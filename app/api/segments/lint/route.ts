import { memberRoute } from '#lib/auth/server/route.ts';
import { db } from '#lib/core/db.ts';
import { lintRequestSchema } from '#lib/segments/schemas.ts';
import { lintFilters } from '#lib/segments/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';

export const POST = memberRoute({
  body: lintRequestSchema,
  run: async ({ actor, body }) =>
    lintFilters(actor, body, (await currentSettings(db(), actor.workspaceId)).values),
});
