import { memberRoute } from '#lib/auth/server/route.ts';
import { csvResponse } from '#lib/core/csv.ts';
import { segmentParamsSchema } from '#lib/segments/schemas.ts';
import { exportMembers } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => exportMembers(actor, params.id),
  respond: csvResponse('segment-members.csv'),
});
