import { memberRoute } from '#lib/auth/server/route.ts';
import { previewMapping } from '#lib/insight/server/index.ts';
import { previewRequestSchema } from '#lib/mappings/schemas.ts';

/** Reads people of both systems; changes nothing. */
export const POST = memberRoute({
  body: previewRequestSchema,
  run: ({ actor, body }) => previewMapping(actor, body),
});
