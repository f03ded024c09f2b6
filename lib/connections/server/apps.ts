import { env } from '#lib/core/env.ts';
import type { HubSpotApp } from '#lib/crm/hubspot/index.ts';
import type { SalesforceApp } from '#lib/crm/salesforce/index.ts';

/** Our app as it is registered at HubSpot. */
export function hubspotApp(): HubSpotApp {
  const { HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET, HUBSPOT_API_URL, HUBSPOT_APP_URL } = env();
  return {
    clientId: HUBSPOT_CLIENT_ID,
    clientSecret: HUBSPOT_CLIENT_SECRET,
    apiUrl: HUBSPOT_API_URL,
    appUrl: HUBSPOT_APP_URL,
  };
}

/** Our app as it is registered at Salesforce, asked at one of Salesforce's log-in hosts. */
export function salesforceApp(loginUrl: string): SalesforceApp {
  const { SALESFORCE_CLIENT_ID, SALESFORCE_CLIENT_SECRET, APP_URL } = env();
  return {
    clientId: SALESFORCE_CLIENT_ID,
    clientSecret: SALESFORCE_CLIENT_SECRET,
    loginUrl,
    redirectUri: `${APP_URL}/api/connections/salesforce/callback`,
  };
}
