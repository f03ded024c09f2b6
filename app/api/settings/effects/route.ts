import { memberRoute } from '#lib/auth/server/route.ts';
import { switchEffects } from '#lib/insight/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => switchEffects(actor) });
