import { auditQuerySchema } from '#lib/activity/schemas.ts';
import { exportAudit } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { localeOf } from '#lib/i18n/failure-translator.ts';

export const GET = memberRoute({
  query: auditQuerySchema,
  run: ({ actor, query, request }) => exportAudit(actor, query, localeOf(request)),
  respond: csvResponse('audit-log.csv'),
});
