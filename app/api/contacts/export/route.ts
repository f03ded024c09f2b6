import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { contactsExportSchema } from '#lib/insight/schemas.ts';
import { exportContacts } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: contactsExportSchema,
  run: ({ actor, query }) => exportContacts(actor, query.view),
  respond: csvResponse('contacts.csv'),
});
