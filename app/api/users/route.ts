import { listUsers } from '#lib/auth/server/index.ts';
import { memberRoute } from '#lib/auth/server/route.ts';

export const GET = memberRoute({ run: ({ actor }) => listUsers(actor) });
