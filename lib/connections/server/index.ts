export { crmFailureToFailure } from '../rules.ts';
export { flushApiUse } from './api-use.ts';
export { beginSalesforceConsent } from './begin-salesforce-consent.ts';
export { completeSalesforceConsent } from './complete-salesforce-consent.ts';
export { hubspotFor, salesforceFor } from './crm-for.ts';
export { disconnect } from './disconnect.ts';
export { getConnection, listConnections } from './list-connections.ts';
export { saveHubSpotConnection } from './save-hubspot-connection.ts';
export { tokenSupplier } from './token-supplier.ts';
