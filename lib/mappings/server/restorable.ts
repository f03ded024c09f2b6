import type { Actor } from '#lib/auth/actor.ts';
import type { MappingFields, StoredMapping } from '../schemas.ts';
import { readFields } from './read-fields.ts';

export type GoneEnd = { id: string; end: 'property' | 'field'; name: string };

/**
 * Which of these mappings cannot come back, because HubSpot's property or Salesforce's field is no longer
 * there. A CRM that does not answer holds nothing up; default mappings have their ends always.
 */
export async function goneEnds(
  actor: Pick<Actor, 'workspaceId'>,
  mappings: readonly StoredMapping[],
): Promise<GoneEnd[]> {
  const asked = mappings.filter(({ isDefault }) => !isDefault);
  if (asked.length === 0) return [];
  const known = await readFields(actor);
  if (!known.ok) return [];
  return asked.flatMap((mapping) => goneEndOf(mapping, known.value) ?? []);
}

function goneEndOf(mapping: StoredMapping, { properties, fields }: MappingFields): GoneEnd | null {
  const { id, hubspotProperty, leadField, contactField } = mapping;
  if (properties && !properties.some(({ name }) => name === hubspotProperty))
    return { id, end: 'property', name: hubspotProperty };
  if (!fields) return null;
  const lacks = (name: string | null, among: { name: string }[]) =>
    name !== null && !among.some((field) => field.name === name);
  if (lacks(leadField, fields.lead)) return { id, end: 'field', name: `Lead.${leadField}` };
  if (lacks(contactField, fields.contact)) return { id, end: 'field', name: `Contact.${contactField}` };
  return null;
}
