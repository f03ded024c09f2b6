import { memberRoute } from '#lib/auth/server/route.ts';
import { listNotices } from '#lib/insight/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => listNotices(actor) });
