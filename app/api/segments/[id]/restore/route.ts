import { adminRoute } from '#lib/auth/server/route.ts';
import { segmentParamsSchema } from '#lib/segments/schemas.ts';
import { restoreSegment } from '#lib/segments/server/index.ts';

export const POST = adminRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => restoreSegment(actor, params.id),
});
