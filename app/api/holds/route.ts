import { memberRoute } from '#lib/auth/server/route.ts';
import { listHolds } from '#lib/sync/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => listHolds(actor) });
