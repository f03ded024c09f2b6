import { memberRoute } from '#lib/auth/server/route.ts';
import { contactsExportSchema } from '#lib/insight/schemas.ts';
import { exportContacts } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: contactsExportSchema,
  run: ({ actor, query }) => exportContacts(actor, query.view),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="contacts.csv"',
        'cache-control': 'no-store',
      },
    }),
});
