import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import type { Direction, Rule } from './default-mappings.ts';
import { type FieldKind, fieldKind, fittingKinds, type PropertyKind, propertyKind } from './kinds.ts';

/** A HubSpot property as the choice of a mapping needs it. */
export type PropertyChoice = {
  name: string;
  label: string;
  kind: PropertyKind;
  /** HubSpot lets others than itself write it. */
  writable: boolean;
  /** No two contacts may have the same value. */
  unique: boolean;
};

/** A Salesforce field of one object, likewise. */
export type FieldChoice = {
  name: string;
  label: string;
  kind: FieldKind;
  writable: boolean;
  unique: boolean;
  /** No record can be created without it. */
  required: boolean;
};

export function propertyChoice(property: HubSpotProperty): PropertyChoice {
  const { name, label, readOnly, calculated, hasUniqueValue } = property;
  return {
    name,
    label,
    kind: propertyKind(property),
    writable: !readOnly && !calculated,
    unique: hasUniqueValue,
  };
}

export function fieldChoice(field: SalesforceField): FieldChoice {
  const { name, label, createable, updateable, unique, required } = field;
  return { name, label, kind: fieldKind(field), writable: createable || updateable, unique, required };
}

/** Both ends of a mapping. At least one of the two fields is there. */
export type Pair = { property: PropertyChoice; lead: FieldChoice | null; contact: FieldChoice | null };

export type PairProblem =
  /** HubSpot users, files, and fields that hold nothing comparable. */
  | { code: 'unmappable'; name: string }
  | { code: 'types'; field: FieldChoice }
  /** Neither side could ever be written by this rule. */
  | { code: 'nothing_passes' };

/** Why a property can't be mapped to these fields by this rule; null if it can. */
export function pairProblem(pair: Pair, rule: Rule): PairProblem | null {
  const { property } = pair;
  const fields = fieldsOf(pair);
  const fitting = fittingKinds[property.kind];
  if (fitting.length === 0) return { code: 'unmappable', name: property.label };
  const odd = fields.find(({ kind }) => kind === 'other');
  if (odd) return { code: 'unmappable', name: odd.label };
  const misfit = fields.find(({ kind }) => !fitting.includes(kind));
  if (misfit) return { code: 'types', field: misfit };
  return rule === 'DONT_SYNC' || passes(directionsOf(pair), rule) ? null : { code: 'nothing_passes' };
}

function passes({ toHubspot, toSalesforce }: Directions, rule: Rule): boolean {
  return toHubspot || (toSalesforce && rule !== 'ALWAYS_SALESFORCE');
}

type Directions = { toHubspot: boolean; toSalesforce: boolean };

/**
 * Where values may go at all. What only HubSpot or Salesforce fills is never written; nor is a side that wants
 * every value once filled from one that doesn't.
 */
export function directionsOf(pair: Pair): Directions {
  const { property } = pair;
  const fields = fieldsOf(pair);
  return {
    toHubspot: property.writable && (!property.unique || fields.every(({ unique }) => unique)),
    toSalesforce: fields.some(({ writable, unique }) => writable && (!unique || property.unique)),
  };
}

/** What a mapping stores of it: rights may change later and are asked each time, uniqueness is for good. */
export function directionOf(pair: Pair): Direction {
  const fields = fieldsOf(pair);
  if (fields.some(({ unique }) => unique) && !pair.property.unique) return 'TO_HUBSPOT';
  if (pair.property.unique && !fields.every(({ unique }) => unique)) return 'TO_SALESFORCE';
  return 'BOTH';
}

function fieldsOf({ lead, contact }: Pair): FieldChoice[] {
  return [lead, contact].filter((field) => field !== null);
}

type Ends = { hubspotProperty: string; leadField: string | null; contactField: string | null };
type Mapped = Ends & { id: string; rule: Rule };

/**
 * The mapping that already has this property, or one of these fields, on the same Salesforce object. What
 * doesn't sync is in nobody's way, unless it is this very pair.
 */
export function clashOf<M extends Mapped>(
  candidate: Ends & { id: string | null; rule: Rule },
  mappings: readonly M[],
): { mapping: M; by: 'property' | 'field' } | null {
  const others = mappings.filter(({ id }) => id !== candidate.id);
  const same = others.find((other) => isSamePair(other, candidate));
  if (same) return { mapping: same, by: 'property' };
  if (candidate.rule === 'DONT_SYNC') return null;
  const active = others.filter(({ rule }) => rule !== 'DONT_SYNC');
  const byProperty = active.find(
    (other) => other.hubspotProperty === candidate.hubspotProperty && shareObject(other, candidate),
  );
  if (byProperty) return { mapping: byProperty, by: 'property' };
  const byField = active.find(
    ({ leadField, contactField }) =>
      (leadField !== null && leadField === candidate.leadField) ||
      (contactField !== null && contactField === candidate.contactField),
  );
  return byField ? { mapping: byField, by: 'field' } : null;
}

function isSamePair(one: Ends, other: Ends): boolean {
  return (
    one.hubspotProperty === other.hubspotProperty &&
    one.leadField === other.leadField &&
    one.contactField === other.contactField
  );
}

function shareObject(one: Ends, other: Ends): boolean {
  return (
    (one.leadField !== null && other.leadField !== null) ||
    (one.contactField !== null && other.contactField !== null)
  );
}

/** Mappings whose rule is the sync's own, whatever theirs says. */
export type OwnRule = 'email' | 'owner' | 'optOut';

export function ownRuleOf({ hubspotProperty, leadField, contactField }: Ends): OwnRule | null {
  const has = (field: string) => leadField === field || contactField === field;
  if (hubspotProperty === 'email' && has('Email')) return 'email';
  if (hubspotProperty === 'hubspot_owner_id' && has('OwnerId')) return 'owner';
  if (hubspotProperty === 'hs_email_optout' && has('HasOptedOutOfEmail')) return 'optOut';
  return null;
}
