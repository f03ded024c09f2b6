import { memberRoute } from '#lib/auth/server/route.ts';
import { contactsQuerySchema } from '#lib/insight/schemas.ts';
import { listContacts } from '#lib/insight/server/index.ts';

export const GET = memberRoute({
  query: contactsQuerySchema,
  run: ({ actor, query }) => listContacts(actor, query),
});
