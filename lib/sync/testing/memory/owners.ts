import type { HubSpotAccount } from './hubspot-account.ts';
import type { SalesforceOrg } from './salesforce-org.ts';

/** Owners in HubSpot who are users in Salesforce, one of whom is not active there. */
export function addOwners({ owners }: HubSpotAccount, { users }: SalesforceOrg): void {
  for (const [position, name] of ['ada', 'bo', 'cy'].entries()) {
    const email = `${name}@own.example`;
    const id = `00500000000001${position}AAA`;
    if (!users.some((user) => user.id === id)) users.push({ id, email, name, active: name !== 'cy' });
    const ownerId = String(70 + position);
    if (!owners.some((owner) => owner.id === ownerId))
      owners.push({ id: ownerId, userId: null, email, name, active: true });
  }
}
