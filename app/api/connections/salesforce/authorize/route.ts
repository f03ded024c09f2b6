import { adminRoute } from '#lib/auth/server/route.ts';
import { consentQuerySchema } from '#lib/connections/schemas.ts';
import { beginSalesforceConsent } from '#lib/connections/server/index.ts';
import { wizardFailure } from '../wizard-redirect.ts';

/** The browser comes here to be sent on to Salesforce's log-in. */
export const GET = adminRoute({
  query: consentQuerySchema,
  run: ({ actor, query }) => beginSalesforceConsent(actor, query),
  respond: ({ url }) => Response.redirect(url, 303),
  respondFailure: wizardFailure,
});
