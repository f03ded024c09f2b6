import { memberRoute } from '#lib/auth/server/route.ts';
import { filterParts } from '#lib/segments/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => filterParts(actor) });
