import { memberRoute } from '#lib/auth/server/route.ts';
import { segmentIndexQuerySchema } from '#lib/segments/schemas.ts';
import { listIndex } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  query: segmentIndexQuerySchema,
  run: ({ actor, query }) => listIndex(actor, query),
});
