import { adminRoute } from '#lib/auth/server/route.ts';
import { duplicateSegmentSchema, segmentParamsSchema } from '#lib/segments/schemas.ts';
import { duplicateSegment } from '#lib/segments/server/index.ts';

export const POST = adminRoute({
  params: segmentParamsSchema,
  body: duplicateSegmentSchema,
  run: ({ actor, params, body }) => duplicateSegment(actor, params.id, body.name),
});
