import { adminRoute } from '#lib/auth/server/route.ts';
import { consentAnswerSchema } from '#lib/connections/schemas.ts';
import { completeSalesforceConsent } from '#lib/connections/server/index.ts';
import { ensureDefaultMappings } from '#lib/mappings/server/index.ts';
import { wizardFailure, wizardRedirect } from '../wizard-redirect.ts';

/** Salesforce sends the browser back here, with a code or a refusal. */
export const GET = adminRoute({
  query: consentAnswerSchema,
  run: ({ actor, query }) => completeSalesforceConsent(actor, query, ensureDefaultMappings),
  respond: () => wizardRedirect({ step: 'sync' }),
  respondFailure: wizardFailure,
});
