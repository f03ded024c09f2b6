import { adminRoute } from '#lib/auth/server/route.ts';
import { appParamsSchema, disconnectBodySchema } from '#lib/connections/schemas.ts';
import { disconnect, listConnections } from '#lib/connections/server/index.ts';

export const POST = adminRoute({
  params: appParamsSchema,
  body: disconnectBodySchema,
  run: async ({ actor, params, body }) => {
    const ended = await disconnect(actor, params.app === 'hubspot' ? 'HUBSPOT' : 'SALESFORCE', body);
    return ended.ok ? listConnections(actor) : ended;
  },
});
