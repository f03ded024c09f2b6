import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { createSegmentSchema, segmentSearchSchema } from '#lib/segments/schemas.ts';
import { createSegment, searchSegments } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  query: segmentSearchSchema,
  run: ({ actor, query }) => searchSegments(actor, query),
});

export const POST = adminRoute({
  body: createSegmentSchema,
  run: ({ actor, body }) => createSegment(actor, body),
});
