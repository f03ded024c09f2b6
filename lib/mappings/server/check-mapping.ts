import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Direction, Rule } from '../default-mappings.ts';
import { directionOf, fieldChoice, type Pair, pairProblem, propertyChoice } from '../pair.ts';
import { type Described, readDescribed, readProperties } from './read-fields.ts';

type Ends = { hubspotProperty: string; leadField: string | null; contactField: string | null };

/**
 * Asks both systems whether a property can be mapped to these fields by this rule, and answers where its
 * values may go. Fails with `mapping_unknown_field`, `mapping_unmappable`, `mapping_types`,
 * `mapping_nothing_passes`, or as a CRM does.
 */
export async function checkMapping(
  workspaceId: string,
  mapping: Ends & { rule: Rule },
): Promise<Result<Direction>> {
  const [properties, described] = await Promise.all([
    readProperties(workspaceId),
    readDescribed(workspaceId),
  ]);
  if (!properties.ok) return properties;
  if (!described.ok) return described;
  const property = properties.value.find(({ name }) => name === mapping.hubspotProperty);
  if (!property) return fail(unknown(mapping.hubspotProperty));
  const missing = missingField(mapping, described.value);
  if (missing !== null) return fail(unknown(missing));
  const pair: Pair = {
    property: propertyChoice(property),
    lead: choiceOf(described.value.lead, mapping.leadField),
    contact: choiceOf(described.value.contact, mapping.contactField),
  };
  const refusal = refusalOf(pair, mapping.rule);
  return refusal ? fail(refusal) : ok(directionOf(pair));
}

function unknown(name: string): Failure {
  return { code: 'mapping_unknown_field', values: { name } };
}

function choiceOf(fields: Described['lead'], name: string | null) {
  const field = name === null ? undefined : fields.find((each) => each.name === name);
  return field ? fieldChoice(field) : null;
}

function missingField({ leadField, contactField }: Ends, { lead, contact }: Described): string | null {
  if (leadField !== null && !choiceOf(lead, leadField)) return `Lead.${leadField}`;
  if (contactField !== null && !choiceOf(contact, contactField)) return `Contact.${contactField}`;
  return null;
}

function refusalOf(pair: Pair, rule: Rule): Failure | null {
  const problem = pairProblem(pair, rule);
  const property = pair.property.label;
  const field = (pair.lead ?? pair.contact)?.label ?? '';
  switch (problem?.code) {
    case undefined:
      return null;
    case 'unmappable':
      return { code: 'mapping_unmappable', values: { name: problem.name } };
    case 'types':
      return { code: 'mapping_types', values: { property, field: problem.field.label } };
    case 'nothing_passes':
      return { code: 'mapping_nothing_passes', values: { property, field } };
  }
}
