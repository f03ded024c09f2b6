import { adminRoute } from '#lib/auth/server/route.ts';
import { newPropertySchema } from '#lib/mappings/schemas.ts';
import { createProperty } from '#lib/mappings/server/index.ts';

export const POST = adminRoute({
  body: newPropertySchema,
  run: ({ actor, body }) => createProperty(actor, body),
});
