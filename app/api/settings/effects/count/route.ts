import { adminRoute } from '#lib/auth/server/route.ts';
import { effectQuerySchema } from '#lib/insight/schemas.ts';
import { countEffect } from '#lib/insight/server/index.ts';

/** For those who could choose the segment: asking HubSpot for its members costs calls. */
export const GET = adminRoute({
  query: effectQuerySchema,
  run: ({ actor, query, request }) => countEffect(actor, query.list, request.signal),
});
