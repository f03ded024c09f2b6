/**
 * What the app needs of "a CRM", in its own words. The adapters hide paging, batching, limits, API versions,
 * retries of calls that change nothing, and both vendors' spelling. Every batch answers one outcome per item,
 * in the order asked.
 */
export type * from './ports/access.ts';
export type * from './ports/hubspot.ts';
export type * from './ports/salesforce.ts';
