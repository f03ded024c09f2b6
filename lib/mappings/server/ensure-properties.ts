import { log } from '#lib/core/log.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { HubSpotPort, HubSpotProperty } from '#lib/crm/ports.ts';
import { type AccountFields, missingProperties, ownGroup } from '../own-properties.ts';
import type { Mapping } from './list-mappings.ts';

/**
 * Makes the properties that default mappings need and the HubSpot account lacks, in a group of our own, and
 * answers all properties of the account. Costs no call once they exist. What HubSpot refuses stays absent,
 * which is logged: its mapping takes no part.
 */
export async function ensureProperties(
  hubspot: Pick<HubSpotPort, 'properties' | 'createPropertyGroup' | 'createProperty'>,
  workspaceId: string,
  mappings: readonly Mapping[],
  account: AccountFields,
): Promise<readonly HubSpotProperty[]> {
  const missing = missingProperties(mappings, account);
  if (missing.length === 0) return account.properties;
  const report = (what: string, failure: CrmFailure) =>
    log.warn({ workspaceId, what, reason: reasonOf(failure) }, 'HubSpot was asked for a property in vain');
  const group = await hubspot.createPropertyGroup(ownGroup);
  if (!group.ok && !isThere(group.failure)) {
    report(ownGroup.name, group.failure);
    return account.properties;
  }
  for (const property of missing) {
    const made = await hubspot.createProperty(property);
    if (!made.ok && !isThere(made.failure)) report(property.name, made.failure);
  }
  // Somebody else may have made some of them at the same moment.
  const known = await hubspot.properties();
  if (known.ok) return known.value;
  report('all properties', known.failure);
  return account.properties;
}

function isThere(failure: CrmFailure): boolean {
  return failure.kind === 'rejected' && failure.category === 'duplicates';
}

function reasonOf(failure: CrmFailure): string {
  return failure.kind === 'rejected' ? `${failure.code}: ${failure.message}` : failure.kind;
}
