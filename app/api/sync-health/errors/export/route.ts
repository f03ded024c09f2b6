import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { localeOf } from '#lib/i18n/failure-translator.ts';
import { errorQuerySchema } from '#lib/insight/schemas.ts';
import { exportErrors } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: errorQuerySchema,
  run: ({ actor, query, request }) => exportErrors(actor, query, localeOf(request)),
  respond: csvResponse('sync-errors.csv'),
});
