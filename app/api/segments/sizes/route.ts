import { memberRoute } from '#lib/auth/server/route.ts';
import { sizesRequestSchema } from '#lib/segments/schemas.ts';
import { countSizes } from '#lib/segments/server/index.ts';

export const POST = memberRoute({
  body: sizesRequestSchema,
  run: ({ actor, body }) => countSizes(actor, body),
});
