import { memberRoute } from '#lib/auth/server/route.ts';
import { whoRequestSchema } from '#lib/segments/schemas.ts';
import { findWho } from '#lib/segments/server/index.ts';

export const POST = memberRoute({
  body: whoRequestSchema,
  run: ({ actor, body }) => findWho(actor, body),
});
