import type { CrmAccess, SalesforceImportPort, SalesforcePort } from '../ports.ts';
import { vendorClock } from '../vendor-clock.ts';
import { addressCalls } from './addresses.ts';
import { bulkCalls } from './bulk.ts';
import { changeCalls } from './changes.ts';
import { createSend } from './http.ts';
import { importCalls } from './importing.ts';
import { orgCalls } from './org.ts';
import { readingCalls } from './reading.ts';
import { scanCalls } from './scan.ts';
import { writingCalls } from './writing.ts';

export * from './oauth.ts';

/** Salesforce as the app needs it, over jsforce. */
export function createSalesforce(access: CrmAccess): SalesforcePort & SalesforceImportPort {
  const clock = vendorClock();
  const send = createSend(access, clock);
  const org = orgCalls(send);
  return {
    clock,
    ...org,
    ...readingCalls(send),
    ...writingCalls(send, org.describe, access.signal),
    ...changeCalls(send, access.signal),
    ...addressCalls(send),
    ...bulkCalls(send),
    ...scanCalls(send, access.signal),
    ...importCalls(send),
  };
}
