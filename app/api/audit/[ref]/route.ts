import { auditRefParamsSchema } from '#lib/activity/schemas.ts';
import { getAudit } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const GET = memberRoute({
  params: auditRefParamsSchema,
  run: ({ actor, params }) => getAudit(actor, params.ref),
});
