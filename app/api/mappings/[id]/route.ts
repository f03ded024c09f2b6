import { adminRoute } from '#lib/auth/server/route.ts';
import { changedMappingSchema, mappingParamsSchema, removedMappingSchema } from '#lib/mappings/schemas.ts';
import { changeMapping, removeMapping } from '#lib/mappings/server/index.ts';

export const PATCH = adminRoute({
  params: mappingParamsSchema,
  body: changedMappingSchema,
  run: ({ actor, params, body }) => changeMapping(actor, params.id, body),
});

export const DELETE = adminRoute({
  params: mappingParamsSchema,
  body: removedMappingSchema,
  run: ({ actor, params, body }) => removeMapping(actor, params.id, body.version),
});
