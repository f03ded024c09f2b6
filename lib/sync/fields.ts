import type { HubSpotProperty, SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import type { Direction, Rule } from '#lib/mappings/default-mappings.ts';
import { type FieldPair, type OwnRule, ownRuleOf } from '#lib/mappings/rules.ts';

export type MappingRow = {
  id: string;
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  rule: Rule;
  direction: Direction;
};

/** A mapping on one Salesforce object, with both definitions at hand. */
export type Field = {
  mappingId: string;
  property: string;
  name: string;
  rule: Rule;
  kind: 'plain' | OwnRule;
  pair: FieldPair;
  /** May HubSpot be written, may an existing record, may a new one? */
  can: { hubspot: boolean; update: boolean; create: boolean };
};

export type FieldTable = {
  object: SalesforceObject;
  fields: Field[];
  byMapping: ReadonlyMap<string, Field>;
  /** What to ask of HubSpot and of Salesforce to have every mapped value. */
  properties: string[];
  names: string[];
  /** Fields that a new record must have. */
  required: string[];
  /** Mappings of which a side doesn't exist or may not be seen: they take no part. */
  absent: string[];
};

/** Joins the mappings with what both systems say of their fields now, for one Salesforce object. */
export function fieldTable(
  object: SalesforceObject,
  mappings: readonly MappingRow[],
  definitions: {
    properties: readonly HubSpotProperty[];
    fields: readonly SalesforceField[];
    timeZone: string;
  },
): FieldTable {
  const properties = new Map(definitions.properties.map((property) => [property.name, property]));
  const described = new Map(definitions.fields.map((field) => [field.name, field]));
  const byMapping = new Map<string, Field>();
  const table: FieldTable = {
    object,
    fields: [],
    byMapping,
    properties: [],
    names: [],
    required: definitions.fields.filter((field) => field.required).map((field) => field.name),
    absent: [],
  };
  for (const mapping of mappings) {
    const name = object === 'Lead' ? mapping.leadField : mapping.contactField;
    if (name === null || mapping.rule === 'DONT_SYNC') continue;
    const property = properties.get(mapping.hubspotProperty);
    const field = described.get(name);
    if (!property || !field) {
      table.absent.push(mapping.id);
      continue;
    }
    const known = joined(mapping, { property, field, timeZone: definitions.timeZone });
    table.fields.push(known);
    byMapping.set(mapping.id, known);
  }
  table.properties = [...new Set(table.fields.map((field) => field.property))];
  table.names = [...new Set(table.fields.map((field) => field.name))];
  return table;
}

function joined(mapping: MappingRow, pair: FieldPair): Field {
  const { property, field } = pair;
  const towardsSalesforce = mapping.direction !== 'TO_HUBSPOT';
  return {
    mappingId: mapping.id,
    property: property.name,
    name: field.name,
    rule: mapping.rule,
    kind:
      ownRuleOf({ hubspotProperty: property.name, leadField: field.name, contactField: field.name }) ??
      'plain',
    pair,
    can: {
      hubspot: mapping.direction !== 'TO_SALESFORCE' && !property.readOnly && !property.calculated,
      update: towardsSalesforce && field.updateable,
      create: towardsSalesforce && field.createable,
    },
  };
}
