import type { Values } from '#lib/crm/ports.ts';
import { isSame, normalise } from '#lib/mappings/rules.ts';
import type { Change } from './change.ts';
import {
  type Decision,
  decideEmail,
  decideField,
  decideOptOut,
  decideOwner,
  type FieldState,
} from './field-rules.ts';
import type { Field, FieldTable } from './fields.ts';
import type { OwnerBook } from './owners.ts';
import type { Intended, Shadow, ShadowEntry, Side } from './shadow.ts';
import { convert, isBackwards, shown } from './values.ts';

export type PersonState = {
  /** Values as read just now; a property or field that is missing was not read and takes no part. */
  contact: Values;
  record: Values;
  shadow: Shadow;
  /** Left behind by a run that was broken off between its write and its storing. */
  intended: Intended | null;
  matchedByAdditional: boolean;
  /** When each side last changed, as far as it is known. */
  changedAt: Record<Side, Date | null>;
  /** When single HubSpot properties got their value, where that was asked; it goes before `changedAt`. */
  propertyChangedAt?: Record<string, Date>;
  /** When single Salesforce fields got theirs, as first seen. */
  fieldChangedAt?: Record<string, Date>;
  /** The integration user made the record's last modification. */
  lastModifiedByUs: boolean;
};

export type Plan = {
  hubspot: Values;
  salesforce: Values;
  /** One for each value to write, and for each that can't be. */
  changes: Change[];
  /** The link's memory before the writes: what is agreed as it stands, and older agreements. */
  shadow: Shadow;
  intended: Intended;
  /** Properties in conflict: the time of their value decides who gives, or is kept beside what is lost. */
  contested: string[];
};

/** What to write on both sides so that the mapped fields agree (sync rules, section 5). Pure. */
export function planSync(table: FieldTable, person: PersonState, owners: OwnerBook, at: string): Plan {
  const plan: Plan = { hubspot: {}, salesforce: {}, changes: [], shadow: {}, intended: {}, contested: [] };
  for (const id of table.absent) {
    const kept = person.shadow[id];
    if (kept) plan.shadow[id] = kept;
  }
  for (const field of table.fields) {
    const former = formerAgreement(field, person, at);
    if (former) plan.shadow[field.mappingId] = former;
    if (!(field.property in person.contact) || !(field.name in person.record)) continue;
    const h = person.contact[field.property] ?? null;
    const s = person.record[field.name] ?? null;
    const parts = { h, s, former, person, owners };
    const { decision, isContested } = decideFully(field, parts);
    if (isContested) plan.contested.push(field.property);
    if (decision.kind === 'agreed' && !isRemembered(field, former, h, s)) {
      plan.shadow[field.mappingId] = { h, s, at };
    }
    if (decision.kind === 'write') addWrite(plan, field, decision, parts);
  }
  return plan;
}

const agreed = { decision: { kind: 'agreed' as const }, isContested: false };

/** Asks whose change came later only where that decides. The conflict log wants the time as well, whoever wins. */
function decideFully(field: Field, parts: WriteParts): { decision: Decision; isContested: boolean } {
  const { h, s, former, person } = parts;
  if (h === s && field.kind !== 'owner') return agreed;
  const state = stateOf(field, parts);
  const one = decide(field, state, parts);
  if (one.kind === 'agreed') return agreed;
  const other = decide(field, { ...state, later: 'hubspot' }, parts);
  const isEqual = targetOf(one) === targetOf(other);
  const decision = isEqual || laterSide(field, person, former) === state.later ? one : other;
  return { decision, isContested: !isEqual || (one.kind === 'write' && one.overwrites) };
}

const targetOf = (decision: Decision) => (decision.kind === 'write' ? decision.to : null);

function isRemembered(field: Field, former: ShadowEntry | null, h: string | null, s: string | null) {
  return (
    former !== null && !former.sent && isSame(field.pair, former.h, h) && isSame(field.pair, former.s, s)
  );
}

/** The last agreement, with what a broken-off write or our own last write teaches about it. */
function formerAgreement(field: Field, person: PersonState, at: string): ShadowEntry | null {
  const former = person.shadow[field.mappingId] ?? null;
  const h = person.contact[field.property];
  const s = person.record[field.name];
  const intended = person.intended?.[field.mappingId];
  if (intended) {
    const [held, wanted] = intended.to === 'hubspot' ? [h, intended.h] : [s, intended.s];
    if (held !== undefined && isSame(field.pair, held, wanted)) return { h: intended.h, s: intended.s, at };
  }
  if (!former?.sent || s === undefined) return former;
  // Salesforce may keep what we sent in its own way; what it shows now is what it agreed to.
  const isOurs = person.lastModifiedByUs || isSame(field.pair, s, former.s);
  return isOurs ? { h: former.h, s, at: former.at } : { h: former.h, s: former.s, at: former.at };
}

/** Both values and the last agreement as they are compared. */
function stateOf(field: Field, given: WriteParts): FieldState {
  const { h, s, former, owners } = given;
  const isOwner = field.kind === 'owner';
  const ofHubSpot = (value: string | null) => (isOwner ? owners.ofHubSpot(value) : normalised(field, value));
  const ofSalesforce = (value: string | null) =>
    isOwner ? owners.ofSalesforce(value) : normalised(field, value);
  return {
    h: ofHubSpot(h),
    s: ofSalesforce(s),
    shadow: former && { h: ofHubSpot(former.h), s: ofSalesforce(former.s) },
    canWrite: { hubspot: field.can.hubspot, salesforce: field.can.update },
    later: 'salesforce',
  };
}

function decide(field: Field, state: FieldState, { s, person, owners }: WriteParts): Decision {
  if (field.kind === 'owner')
    return decideOwner({ ...state, salesforceOwnerIsActive: owners.isActiveUser(s) });
  if (field.kind === 'email') return decideEmail(state, person.matchedByAdditional);
  if (field.kind === 'optOut') return decideOptOut(state);
  return decideField(field.rule, state);
}

function normalised(field: Field, value: string | null): string | null {
  const plain = normalise(field.pair, value);
  return field.kind === 'email' ? (plain?.toLowerCase() ?? null) : plain;
}

/** Both times in whole seconds; Salesforce on a tie. Our own modification tells nothing of another's. */
function laterSide(field: Field, person: PersonState, former: ShadowEntry | null): Side {
  const seconds = (date: Date | null) => Math.floor((date?.getTime() ?? 0) / 1000);
  return seconds(hubspotTime(field, person)) > seconds(salesforceTime(field, person, former))
    ? 'hubspot'
    : 'salesforce';
}

function hubspotTime(field: Field, { propertyChangedAt, changedAt }: PersonState): Date | null {
  return propertyChangedAt?.[field.property] ?? changedAt.hubspot;
}

function salesforceTime(field: Field, person: PersonState, former: ShadowEntry | null): Date | null {
  const seen = person.fieldChangedAt?.[field.name];
  if (seen) return seen;
  return person.lastModifiedByUs && former ? new Date(former.at) : person.changedAt.salesforce;
}

type WriteParts = {
  h: string | null;
  s: string | null;
  former: ShadowEntry | null;
  person: PersonState;
  owners: OwnerBook;
};

function addWrite(
  plan: Plan,
  field: Field,
  decision: Decision & { kind: 'write' },
  { h, s, former, person, owners }: WriteParts,
): void {
  const { to, overwrites } = decision;
  const [value, old] = to === 'hubspot' ? [s, h] : [h, s];
  const converted = convert(field, to, value, owners);
  const change: Change = {
    ...changeOf(field, to),
    old: shown(field, to, old, owners),
    new: shown(field, to, converted.ok ? converted.value : value, owners),
  };
  plan.changes.push(change);
  if (!converted.ok) {
    change.failure = { category: 'values', code: converted.problem, message: '' };
    return;
  }
  if (to === 'hubspot' && isBackwards(field.property, h, converted.value)) {
    change.failure = { category: 'values', code: 'cannot_go_back', message: '' };
    return;
  }
  if (overwrites) {
    change.conflict = {
      lost: change.old,
      hubspotAt: hubspotTime(field, person)?.toISOString() ?? null,
      salesforceAt: salesforceTime(field, person, former)?.toISOString() ?? null,
    };
  }
  plan[to][to === 'hubspot' ? field.property : field.name] = converted.value;
  plan.intended[field.mappingId] =
    to === 'hubspot' ? { h: converted.value, s, to } : { h, s: converted.value, to };
}

function changeOf(field: Field, to: Side): Omit<Change, 'old' | 'new'> {
  const { mappingId, property, name, rule, pair } = field;
  return { mappingId, property, label: pair.property.label, field: name, rule, to };
}

export type CreationPlan = {
  values: Values;
  changes: Change[];
  intended: Intended;
  /** Required fields for which there is no value: nothing may be sent. */
  missing: string[];
};

/** The values a new record starts with. *Always use Salesforce* only gives what a record must have. */
export function planCreation(table: FieldTable, contact: Values, owners: OwnerBook): CreationPlan {
  const plan: CreationPlan = { values: {}, changes: [], intended: {}, missing: [] };
  const required = new Set(table.required);
  for (const field of table.fields) {
    const given = contact[field.property] ?? null;
    const isWanted = field.kind !== 'plain' || field.rule !== 'ALWAYS_SALESFORCE' || required.has(field.name);
    if (!field.can.create || !isWanted || isNothing(field, given, owners)) continue;
    const converted = convert(field, 'salesforce', given, owners);
    const change: Change = {
      ...changeOf(field, 'salesforce'),
      old: null,
      new: shown(field, 'salesforce', converted.ok ? converted.value : given, owners),
    };
    plan.changes.push(change);
    if (!converted.ok) {
      change.failure = { category: 'values', code: converted.problem, message: '' };
      continue;
    }
    plan.values[field.name] = converted.value;
    plan.intended[field.mappingId] = { h: given, s: converted.value, to: 'salesforce' };
  }
  plan.missing = table.required.filter((name) => (plan.values[name] ?? null) === null);
  for (const field of table.fields.filter(({ name }) => plan.missing.includes(name))) {
    if (plan.changes.some((change) => change.mappingId === field.mappingId)) continue;
    const failure = { category: 'values' as const, code: 'REQUIRED_FIELD_MISSING', message: '' };
    plan.changes.push({ ...changeOf(field, 'salesforce'), old: null, new: null, failure });
  }
  return plan;
}

/** A new record needs no word about what it would have anyway. */
function isNothing(field: Field, given: string | null, owners: OwnerBook): boolean {
  if (field.kind === 'owner') return owners.ofHubSpot(given) === null;
  const plain = normalise(field.pair, given);
  return plain === null || (field.kind === 'optOut' && plain !== 'true');
}
