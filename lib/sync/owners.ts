import type { HubSpotOwner, SalesforceUser } from '#lib/crm/ports.ts';

/** Who stands for whom: owners of both sides by the address that exactly one active of each side has. */
export type OwnerBook = {
  /** The address that names this HubSpot owner in Salesforce too; null without a counterpart. */
  ofHubSpot(ownerId: string | null | undefined): string | null;
  /** The address that names this Salesforce user in HubSpot too; null without a counterpart. */
  ofSalesforce(userId: string | null | undefined): string | null;
  hubspotOwner(address: string | null): string | null;
  salesforceUser(address: string | null): string | null;
  isActiveUser(userId: string | null | undefined): boolean;
  /** What Salesforce calls this user, active or not. */
  nameOfUser(userId: string): string | null;
};

/** Owners meet by e-mail, compared without case; an address that several have names nobody. */
export function ownerBook(owners: readonly HubSpotOwner[], users: readonly SalesforceUser[]): OwnerBook {
  const activeUsers = users.filter((user) => user.active);
  const hubspot = byUniqueAddress(owners.filter((owner) => owner.active));
  const salesforce = byUniqueAddress(activeUsers);
  const shared = new Set([...hubspot.keys()].filter((address) => salesforce.has(address)));
  const addressOf = (sides: Map<string, string>) => {
    const byId = new Map([...sides].filter(([address]) => shared.has(address)).map(([a, id]) => [id, a]));
    return (id: string | null | undefined) => (id ? (byId.get(id) ?? null) : null);
  };
  const idOf = (side: Map<string, string>) => (address: string | null) =>
    address !== null && shared.has(address) ? (side.get(address) ?? null) : null;
  const activeIds = new Set(activeUsers.map(({ id }) => id));
  return {
    ofHubSpot: addressOf(hubspot),
    ofSalesforce: addressOf(salesforce),
    hubspotOwner: idOf(hubspot),
    salesforceUser: idOf(salesforce),
    isActiveUser: (id) => activeIds.has(id ?? ''),
    nameOfUser: (id) => users.find((user) => user.id === id)?.name ?? null,
  };
}

function byUniqueAddress(people: readonly { id: string; email: string | null }[]): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const { id, email } of people) {
    const address = email?.trim().toLowerCase();
    if (address) found.set(address, found.has(address) ? null : id);
  }
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null));
}
