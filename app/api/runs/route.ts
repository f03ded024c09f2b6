import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { startRunSchema } from '#lib/sync/schemas.ts';
import { checkNow, listRuns, startResync } from '#lib/sync/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => listRuns(actor) });

export const POST = adminRoute({
  body: startRunSchema,
  run: ({ actor, body }) => (body.kind === 'poll' ? checkNow(actor) : startResync(actor, body.forecast)),
});
