import { auditQuerySchema } from '#lib/activity/schemas.ts';
import { listAudit } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';
import { localeOf } from '#lib/i18n/failure-translator.ts';

export const GET = memberRoute({
  query: auditQuerySchema,
  run: ({ actor, query, request }) => listAudit(actor, query, localeOf(request)),
});
