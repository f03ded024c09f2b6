import { auditQuerySchema } from '#lib/activity/schemas.ts';
import { listAudit } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const GET = memberRoute({
  query: auditQuerySchema,
  run: ({ actor, query }) => listAudit(actor, query),
});
