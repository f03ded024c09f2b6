import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { contactParamsSchema, contactSyncQuerySchema } from '#lib/sync/schemas.ts';
import { contactSync, syncContact } from '#lib/sync/server/index.ts';

export const POST = adminRoute({
  params: contactParamsSchema,
  run: ({ actor, params }) => syncContact(actor, params.id),
});

export const GET = memberRoute({
  params: contactParamsSchema,
  query: contactSyncQuerySchema,
  run: ({ actor, params, query }) => contactSync(actor, params.id, new Date(query.since)),
});
