import { adminRoute, memberRoute } from '#lib/auth/server/route.ts';
import { draftQuerySchema, saveDraftSchema } from '#lib/segments/schemas.ts';
import { discardDraft, getDraft, saveDraft } from '#lib/segments/server/index.ts';

export const GET = memberRoute({
  query: draftQuerySchema,
  run: ({ actor, query }) => getDraft(actor, query.listId),
});

export const PUT = adminRoute({
  body: saveDraftSchema,
  run: ({ actor, body }) => saveDraft(actor, body),
});

export const DELETE = adminRoute({
  query: draftQuerySchema,
  run: ({ actor, query }) => discardDraft(actor, query.listId),
});
