'use client';

import { useState } from 'react';
import { type MappingRow, pairOf } from '#components/mappings/mapping-rows.ts';
import {
  clashOf,
  type OwnRule,
  ownRuleOf,
  type Pair,
  type PairProblem,
  pairProblem,
} from '#lib/mappings/rules.ts';
import type { MappingFields, MappingView } from '#lib/mappings/schemas.ts';

type Rule = MappingView['rule'];
type Values = {
  hubspotProperty: string | null;
  leadField: string | null;
  contactField: string | null;
  rule: Rule;
};

export type MappingForm = {
  values: Values;
  set: (change: Partial<Values>) => void;
  pair: Pair | null;
  problem: PairProblem | null;
  clash: { mapping: MappingView; by: 'property' | 'field' } | null;
  ownRule: OwnRule | null;
  isChanged: boolean;
  /** Whether the fields are chosen and can be mapped. */
  canContinue: boolean;
};

/** What is being chosen in the panel, and whether it may be. */
export function useMappingForm(
  edited: MappingRow | null,
  fields: MappingFields,
  mappings: readonly MappingView[],
): MappingForm {
  const [values, setValues] = useState<Values>(() => startOf(edited?.mapping ?? null));
  const { hubspotProperty, leadField, contactField, rule } = values;
  const pair = pairOf(fields, values);
  const isDefault = edited?.mapping.isDefault ?? false;
  // Default mappings are exempt. What passes by none of the rules has no rule to choose.
  const problem = !pair || isDefault ? null : pairProblem(pair, 'PREFER_SALESFORCE');
  const isComplete = hubspotProperty !== null && (leadField !== null || contactField !== null);
  const candidate = { hubspotProperty: hubspotProperty ?? '', leadField, contactField, rule };
  const id = edited?.mapping.id ?? null;
  return {
    values,
    set: (change) => setValues((former) => ({ ...former, ...change })),
    pair,
    problem,
    clash: isComplete ? clashOf({ ...candidate, id }, mappings) : null,
    ownRule: ownRuleOf(candidate),
    isChanged: !edited || !isSame(values, edited.mapping),
    canContinue: pair !== null && problem === null,
  };
}

function startOf(mapping: MappingView | null): Values {
  if (!mapping)
    return { hubspotProperty: null, leadField: null, contactField: null, rule: 'PREFER_SALESFORCE' };
  const { hubspotProperty, leadField, contactField, rule } = mapping;
  return { hubspotProperty, leadField, contactField, rule };
}

function isSame(values: Values, mapping: MappingView): boolean {
  return (
    values.hubspotProperty === mapping.hubspotProperty &&
    values.leadField === mapping.leadField &&
    values.contactField === mapping.contactField &&
    values.rule === mapping.rule
  );
}
