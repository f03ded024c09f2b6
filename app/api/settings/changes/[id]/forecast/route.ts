import { memberRoute } from '#lib/auth/server/route.ts';
import { forecastSwitch } from '#lib/insight/server/index.ts';
import { changeParamsSchema } from '#lib/settings/schemas.ts';

export const GET = memberRoute({
  params: changeParamsSchema,
  run: ({ actor, params }) => forecastSwitch(actor, params.id),
});
