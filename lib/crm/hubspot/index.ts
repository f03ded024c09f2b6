import type { CrmAccess, HubSpotPort } from '../ports.ts';
import { vendorClock } from '../vendor-clock.ts';
import { accountCalls } from './account.ts';
import { changeCalls } from './changes.ts';
import { contactCalls } from './contacts.ts';
import { historyCalls } from './history.ts';
import { createSend } from './http.ts';
import { listCalls } from './lists.ts';
import { relatedCalls } from './related.ts';

export * from './oauth.ts';

/** HubSpot as the app needs it, over HubSpot's own client. */
export function createHubSpot(access: CrmAccess): HubSpotPort {
  const clock = vendorClock();
  const send = createSend(access, clock);
  return {
    clock,
    ...accountCalls(send),
    ...contactCalls(send),
    ...historyCalls(send),
    ...changeCalls(send),
    ...listCalls(send),
    ...relatedCalls(send),
  };
}
