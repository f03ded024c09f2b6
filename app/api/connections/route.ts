import { memberRoute } from '#lib/auth/server/route.ts';
import { listConnections } from '#lib/connections/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => listConnections(actor) });
