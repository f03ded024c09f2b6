import { memberRoute } from '#lib/auth/server/route.ts';
import { readNoticesSchema } from '#lib/insight/schemas.ts';
import { readNotices } from '#lib/insight/server/index.ts';

/** What one has read is one's own: everybody may. */
export const POST = memberRoute({
  body: readNoticesSchema,
  run: ({ actor, body }) => readNotices(actor, body.until),
});
