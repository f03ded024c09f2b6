import type { Rule } from '#lib/mappings/default-mappings.ts';
import type { Side } from './shadow.ts';

/** The values of one mapping, normalised; null is blank. */
export type FieldState = {
  h: string | null;
  s: string | null;
  /** Both values at the last agreement; null before the first. */
  shadow: { h: string | null; s: string | null } | null;
  canWrite: Record<Side, boolean>;
  /** Whose change is the later one; Salesforce on a tie. */
  later: Side;
};

export type Decision =
  /** Both sides hold what they should: as they stand they are the shadow. */
  | { kind: 'agreed' }
  /** `to` gets the other side's value. `overwrites`: a value changed since the agreement is lost by it. */
  | { kind: 'write'; to: Side; overwrites: boolean }
  /** Nothing is written and nothing is agreed. */
  | { kind: 'leave' };

const agreed: Decision = { kind: 'agreed' };
const leave: Decision = { kind: 'leave' };

/** What one mapping's rule does with its two values (the table of the sync rules, section 5). */
export function decideField(rule: Rule, state: FieldState): Decision {
  if (rule === 'DONT_SYNC') return leave;
  if (state.h === state.s || isAsAgreed(state)) return agreed;
  const to = rule === 'TWO_WAY' ? twoWayTarget(state) : salesforceRuleTarget(rule, state);
  return to ? writeTo(to, state) : leave;
}

function isAsAgreed({ h, s, shadow }: FieldState): boolean {
  return shadow !== null && h === shadow.h && s === shadow.s;
}

function changed(state: FieldState): Record<Side, boolean> {
  const { h, s, shadow } = state;
  return { hubspot: h !== (shadow?.h ?? null), salesforce: s !== (shadow?.s ?? null) };
}

function writeTo(to: Side, state: FieldState): Decision {
  const lost = to === 'hubspot' ? state.h : state.s;
  return { kind: 'write', to, overwrites: changed(state)[to] && lost !== null };
}

/** The side that changed gives; without an agreement, a blank takes; two changes: the later one gives. */
function twoWayTarget(state: FieldState): Side | null {
  const { hubspot, salesforce } = changed(state);
  const bothGive = hubspot && salesforce;
  const wanted: Side = bothGive
    ? state.later === 'hubspot'
      ? 'salesforce'
      : 'hubspot'
    : hubspot
      ? 'salesforce'
      : 'hubspot';
  if (state.canWrite[wanted]) return wanted;
  // A side that can't be written makes the mapping one-way, and that is no conflict.
  const other: Side = wanted === 'hubspot' ? 'salesforce' : 'hubspot';
  return bothGive && state.canWrite[other] ? other : null;
}

function salesforceRuleTarget(rule: Rule, state: FieldState): Side | null {
  const wasFilled = state.shadow !== null && state.shadow.s !== null;
  if (state.s !== null || wasFilled) return state.canWrite.hubspot ? 'hubspot' : null;
  return rule === 'PREFER_SALESFORCE' && state.canWrite.salesforce ? 'salesforce' : null;
}

/**
 * The e-mail address: two-way, but a blank never travels: the side that has an address gives it back. A
 * pair that was matched through an additional address counts as agreed as it stands.
 */
export function decideEmail(state: FieldState, matchedByAdditional: boolean): Decision {
  if (state.h === state.s || isAsAgreed(state)) return agreed;
  if (matchedByAdditional && state.shadow === null) return agreed;
  const to = state.h === null ? 'hubspot' : state.s === null ? 'salesforce' : twoWayTarget(state);
  return to && state.canWrite[to] ? writeTo(to, state) : leave;
}

/** Marketing consent travels one way only: towards opted out. */
export function decideOptOut(state: FieldState): Decision {
  if (state.h === state.s) return agreed;
  return state.h === 'true' && state.canWrite.salesforce
    ? { kind: 'write', to: 'salesforce', overwrites: false }
    : leave;
}

/** The owners, each named by the address of its counterpart; null where there is none. */
export type OwnerState = FieldState & {
  /** Salesforce's owner is an active user, with or without a counterpart in HubSpot. */
  salesforceOwnerIsActive: boolean;
};

/**
 * The owner: two-way between owners that have a counterpart. One without (a queue, inactive, ambiguous,
 * cleared) neither travels nor counts as a change; HubSpot then gets Salesforce's. At the first meeting
 * with an existing record its active owner wins.
 */
export function decideOwner(state: OwnerState): Decision {
  const { h, s, shadow, canWrite } = state;
  if (h === null && s === null) return leave;
  if (h === s || (isAsAgreed(state) && h !== null)) return agreed;
  const { hubspot, salesforce } = changed(state);
  let to: Side | null;
  if (h === null) to = 'hubspot';
  else if (s === null) to = shadow ? (hubspot ? 'salesforce' : null) : firstOwner(state);
  else if (!shadow) to = 'hubspot';
  else if (hubspot && salesforce) to = state.later === 'hubspot' ? 'salesforce' : 'hubspot';
  else to = hubspot ? 'salesforce' : 'hubspot';
  return to && canWrite[to] ? writeTo(to, state) : leave;
}

function firstOwner(state: OwnerState): Side | null {
  return state.salesforceOwnerIsActive ? null : 'salesforce';
}
