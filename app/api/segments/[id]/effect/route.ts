import { memberRoute } from '#lib/auth/server/route.ts';
import { db } from '#lib/core/db.ts';
import { effectRequestSchema, segmentParamsSchema } from '#lib/segments/schemas.ts';
import { countEffect } from '#lib/segments/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';

export const POST = memberRoute({
  params: segmentParamsSchema,
  body: effectRequestSchema,
  run: async ({ actor, params, body }) =>
    countEffect(actor, params.id, body, (await currentSettings(db(), actor.workspaceId)).values),
});
