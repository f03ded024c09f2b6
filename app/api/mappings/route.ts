import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { newMappingSchema } from '#lib/mappings/schemas.ts';
import { addMapping, getMappings } from '#lib/mappings/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => getMappings(actor) });

export const POST = adminRoute({
  body: newMappingSchema,
  run: ({ actor, body }) => addMapping(actor, body),
});
