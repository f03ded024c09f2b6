import { memberRoute } from '#lib/auth/server/route.ts';
import { getHealth } from '#lib/insight/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => getHealth(actor) });
