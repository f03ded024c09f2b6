import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { settingsPatchSchema } from '#lib/settings/schemas.ts';
import { getSettings, updateSettings } from '#lib/settings/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => getSettings(actor) });

export const PATCH = adminRoute({
  body: settingsPatchSchema,
  run: ({ actor, body }) => updateSettings(actor, body),
});
