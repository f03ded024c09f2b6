import { adminRoute } from '#lib/auth/server/route.ts';
import { getHealth } from '#lib/insight/server/index.ts';
import { wakeRuns } from '#lib/sync/server/index.ts';

/** What waits for Salesforce tries again at once; if it still refuses, it waits again. */
export const POST = adminRoute({
  run: async ({ actor }) => {
    await wakeRuns(actor.workspaceId);
    return getHealth(actor);
  },
});
