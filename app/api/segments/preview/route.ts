import { memberRoute } from '#lib/auth/server/route.ts';
import { previewRequestSchema } from '#lib/segments/schemas.ts';
import { previewSegment } from '#lib/segments/server/index.ts';

export const POST = memberRoute({
  body: previewRequestSchema,
  run: ({ actor, body }) => previewSegment(actor, body),
});
