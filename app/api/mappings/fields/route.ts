import { memberRoute } from '#lib/auth/server/route.ts';
import { readFields } from '#lib/mappings/server/index.ts';

export const GET = memberRoute({ run: ({ actor }) => readFields(actor) });
