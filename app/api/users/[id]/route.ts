import { userParamsSchema, userPatchSchema } from '#lib/auth/schemas.ts';
import { removeUser, setRole } from '#lib/auth/server/index.ts';
import { adminRoute } from '#lib/auth/server/route.ts';

export const PATCH = adminRoute({
  params: userParamsSchema,
  body: userPatchSchema,
  run: ({ actor, params, body }) => setRole(actor, params.id, body.role),
});

export const DELETE = adminRoute({
  params: userParamsSchema,
  run: ({ actor, params }) => removeUser(actor, params.id),
});
