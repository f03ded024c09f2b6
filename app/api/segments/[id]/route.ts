import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { segmentParamsSchema, updateSegmentSchema } from '#lib/segments/schemas.ts';
import { deleteSegment, getSegment, updateSegment } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => getSegment(actor, params.id),
});

export const PATCH = adminRoute({
  params: segmentParamsSchema,
  body: updateSegmentSchema,
  run: ({ actor, params, body }) => updateSegment(actor, params.id, body),
});

export const DELETE = adminRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => deleteSegment(actor, params.id),
});
