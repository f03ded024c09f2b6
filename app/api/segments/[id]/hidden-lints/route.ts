import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { hideLintSchema, segmentParamsSchema } from '#lib/segments/schemas.ts';
import { hiddenLints, hideLint } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => hiddenLints(actor, params.id),
});

export const POST = adminRoute({
  params: segmentParamsSchema,
  body: hideLintSchema,
  run: ({ actor, params, body }) => hideLint(actor, params.id, body.key),
});
