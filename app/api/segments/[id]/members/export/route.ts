import { memberRoute } from '#lib/auth/server/route.ts';
import { segmentParamsSchema } from '#lib/segments/schemas.ts';
import { exportMembers } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  params: segmentParamsSchema,
  run: ({ actor, params }) => exportMembers(actor, params.id),
  respond: (csv) =>
    new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="segment-members.csv"',
        'cache-control': 'no-store',
      },
    }),
});
