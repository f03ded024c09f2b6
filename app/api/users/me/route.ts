import { myPatchSchema } from '#lib/auth/schemas.ts';
import { setLanguage } from '#lib/auth/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const PATCH = memberRoute({
  body: myPatchSchema,
  run: ({ actor, body }) => setLanguage(actor, body.locale),
});
