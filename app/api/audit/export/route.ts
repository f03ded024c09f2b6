import { auditQuerySchema } from '#lib/activity/schemas.ts';
import { exportAudit } from '#lib/activity/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';
import { localeOf } from '#lib/i18n/failure-translator.ts';

export const GET = memberRoute({
  query: auditQuerySchema,
  run: ({ actor, query, request }) => exportAudit(actor, query, localeOf(request)),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit-log.csv"',
        'cache-control': 'no-store',
      },
    }),
});
