import { memberRoute } from '#lib/auth/server/route.ts';
import { segmentParamsSchema } from '#lib/segments/schemas.ts';
import { listVersions } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => listVersions(actor, params.id),
});
