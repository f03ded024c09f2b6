import { memberRoute } from '#lib/auth/server/route.ts';
import { testContactSchema } from '#lib/segments/schemas.ts';
import { testContact } from '#lib/segments/server/index.ts';

export const POST = memberRoute({
  body: testContactSchema,
  run: ({ actor, body }) => testContact(actor, body),
});
