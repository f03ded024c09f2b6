import { memberRoute } from '#lib/auth/server/route.ts';
import { membersQuerySchema, segmentParamsSchema } from '#lib/segments/schemas.ts';
import { listMembers } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  query: membersQuerySchema,
  run: ({ actor, params, query }) => listMembers(actor, params.id, query),
});
