import { memberRoute } from '#lib/auth/server/route.ts';
import { importParamsSchema, peopleQuerySchema } from '#lib/imports/schemas.ts';
import { listImportPeople } from '#lib/imports/server/index.ts';

export const GET = memberRoute({
  params: importParamsSchema,
  query: peopleQuerySchema,
  run: ({ actor, params, query }) => listImportPeople(actor, params.id, query),
});
