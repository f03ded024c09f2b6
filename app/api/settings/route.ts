import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import type { Result } from '#lib/core/result.ts';
import {
  type SettingsAsOf,
  type SettingsView,
  settingsPatchSchema,
  settingsQuerySchema,
} from '#lib/settings/schemas.ts';
import { getSettings, settingsAsOf, updateSettings } from '#lib/settings/server/index.ts';

export const GET = memberRoute({
  query: settingsQuerySchema,
  run: async ({ actor, query }): Promise<Result<SettingsView | SettingsAsOf>> => {
    const asOf = query['as-of'];
    return asOf === undefined ? getSettings(actor) : settingsAsOf(actor, asOf);
  },
});

export const PATCH = adminRoute({
  body: settingsPatchSchema,
  run: ({ actor, body }) => updateSettings(actor, body),
});
