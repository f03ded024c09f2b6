import {
  directionsOf,
  type FieldChoice,
  type OwnRule,
  ownRuleOf,
  type Pair,
  type PropertyChoice,
} from '#lib/mappings/rules.ts';
import type { MappingFields, MappingView } from '#lib/mappings/schemas.ts';

export const mappingStatuses = ['syncing', 'error', 'off', 'pending', 'absent'] as const;
export type MappingStatus = (typeof mappingStatuses)[number];
export type ShownDirection = 'BOTH' | 'TO_HUBSPOT' | 'TO_SALESFORCE' | 'OWN';

/** A mapping joined with what both systems say of its ends now. */
export type MappingRow = {
  mapping: MappingView;
  /** HubSpot's label, or the internal name where HubSpot does not tell. */
  name: string;
  property: PropertyChoice | null;
  lead: FieldChoice | null;
  contact: FieldChoice | null;
  ownRule: OwnRule | null;
  direction: ShownDirection;
  status: MappingStatus;
};

export function toRow(mapping: MappingView, { properties, fields }: MappingFields): MappingRow {
  const property = properties?.find(({ name }) => name === mapping.hubspotProperty) ?? null;
  const lead = fields?.lead.find(({ name }) => name === mapping.leadField) ?? null;
  const contact = fields?.contact.find(({ name }) => name === mapping.contactField) ?? null;
  const ownRule = ownRuleOf(mapping);
  const lacksProperty = properties !== null && !property;
  const lacksField =
    fields !== null && ((mapping.leadField !== null && !lead) || (mapping.contactField !== null && !contact));
  // Properties that default mappings need are made at the first sync, if the account lacks them.
  const isPending = mapping.isDefault && lacksProperty && !lacksField;
  return {
    mapping,
    name: property?.label ?? (isPending ? (lead ?? contact)?.label : null) ?? mapping.hubspotProperty,
    property,
    lead,
    contact,
    ownRule,
    direction: ownRule ? 'OWN' : directionNow(mapping, property, lead, contact),
    status: statusOf(mapping, isPending ? 'pending' : lacksProperty || lacksField ? 'absent' : null),
  };
}

function statusOf({ rule, errors }: MappingView, lacking: 'pending' | 'absent' | null): MappingStatus {
  if (rule === 'DONT_SYNC') return 'off';
  return lacking ?? (errors > 0 ? 'error' : 'syncing');
}

/** Where values go: as the mapping says, the rule allows and both systems let us. */
function directionNow(
  { direction, rule }: MappingView,
  property: PropertyChoice | null,
  lead: FieldChoice | null,
  contact: FieldChoice | null,
): ShownDirection {
  const can = property && (lead || contact) ? directionsOf({ property, lead, contact }) : null;
  const toSalesforce =
    direction !== 'TO_HUBSPOT' && rule !== 'ALWAYS_SALESFORCE' && (can?.toSalesforce ?? true);
  const toHubspot = direction !== 'TO_SALESFORCE' && (can?.toHubspot ?? true);
  if (toHubspot === toSalesforce) return 'BOTH';
  return toHubspot ? 'TO_HUBSPOT' : 'TO_SALESFORCE';
}

/** "Lead.Email, Contact.Email". */
export function fieldNames({
  leadField,
  contactField,
}: {
  leadField: string | null;
  contactField: string | null;
}) {
  return [leadField && `Lead.${leadField}`, contactField && `Contact.${contactField}`]
    .filter(Boolean)
    .join(', ');
}

/** The pair as far as it is chosen; null while an end is missing. */
export function pairOf(
  { properties, fields }: MappingFields,
  chosen: { hubspotProperty: string | null; leadField: string | null; contactField: string | null },
): Pair | null {
  const property = properties?.find(({ name }) => name === chosen.hubspotProperty);
  const lead = fields?.lead.find(({ name }) => name === chosen.leadField) ?? null;
  const contact = fields?.contact.find(({ name }) => name === chosen.contactField) ?? null;
  return property && (lead || contact) ? { property, lead, contact } : null;
}
