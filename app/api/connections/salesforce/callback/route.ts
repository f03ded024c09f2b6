import { adminRoute } from '#lib/auth/server/route.ts';
import { consentAnswerSchema } from '#lib/connections/schemas.ts';
import { completeSalesforceConsent } from '#lib/connections/server/index.ts';
import { ensureDefaultMappings } from '#lib/mappings/server/index.ts';
import { beginReading, checkNow } from '#lib/sync/server/index.ts';
import { wizardFailure, wizardRedirect } from '../wizard-redirect.ts';

/** Salesforce sends the browser back here, with a code or a refusal. */
export const GET = adminRoute({
  query: consentAnswerSchema,
  run: async ({ actor, query }) => {
    const connected = await completeSalesforceConsent(actor, query, async (tx, workspaceId) => {
      await ensureDefaultMappings(tx, workspaceId);
      await beginReading(tx, workspaceId);
    });
    // What waits since a disconnection goes on now; without HubSpot there is nothing to check yet.
    if (connected.ok) await checkNow(actor);
    return connected;
  },
  respond: () => wizardRedirect({ step: 'sync' }),
  respondFailure: wizardFailure,
});
