import type { HubSpotContact, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import type { Change } from '../change.ts';
import type { FieldTable } from '../fields.ts';
import { limitPlan, planTowards } from '../limit-plan.ts';
import { isOurModification } from '../own-writes.ts';
import { type Plan, planSync } from '../plan.ts';
import type { RunReason } from '../schemas.ts';
import type { Link, LinkOrigin, OutcomeRow, RecordObject, TriggerRef } from '../store.ts';
import type { Cause } from '../triggers.ts';
import type { Session } from './session.ts';

/** Who is to be synced and why. At least one id is known. */
export type Wanted = {
  contactId: string | null;
  recordId: string | null;
  object: RecordObject | null;
  causes: Cause[];
  /** Rows of the inbox that this settles. */
  triggers: TriggerRef[];
  /** Since when our reading of the criteria differs from HubSpot's answer, if it was so the last time. */
  unclearSince: Date | null;
  /** How often it was put off for what passes by itself. */
  attempts: number;
};

/** What may be done for a person (sync rules, section 3). */
export type Scope =
  /** Sync the mapped fields both ways. */
  | 'both'
  /** The creation exception: towards HubSpot alone. */
  | 'toHubSpot'
  /** An import of somebody who is no member: the e-mail address alone. */
  | 'emailOnly';

/** A person whose two sides are known. */
export type Person = {
  wanted: Wanted;
  contact: HubSpotContact;
  record: SalesforceRecord;
  /** When the contact's properties in conflict got their value. */
  propertyChangedAt?: Record<string, Date>;
  /** When the record's fields in conflict got theirs. */
  fieldChangedAt?: Record<string, Date>;
  /** Null until the link is stored. */
  link: Link | null;
  origin: LinkOrigin;
  scope: Scope;
  /** One side was made by this run. */
  isCreated: boolean;
  byAdditional: boolean;
  warnings: string[];
  /** What creating one side wrote already. */
  earlier: Change[];
  plan: Plan;
};

/** Left for later, with the reason and how long at least. */
export type Later = { wanted: Wanted; reason: RunReason; waitMs: number };
/** Done with: its one outcome. */
export type Settled = { wanted: Wanted; outcome: OutcomeRow };

export const objectOf = (object: SalesforceObject): RecordObject => (object === 'Lead' ? 'LEAD' : 'CONTACT');
export const sObjectOf = (object: RecordObject): SalesforceObject => (object === 'LEAD' ? 'Lead' : 'Contact');

const busyWaitMs = 5_000;

/** Somebody else works on this person. */
export function isBusy(wanted: Wanted): Later {
  return { wanted, reason: 'people_busy', waitMs: busyWaitMs };
}

/** Was this asked for, by whatever side? */
export function hasCause(wanted: Wanted, kind: Cause['kind'], side?: Cause['side']): boolean {
  return wanted.causes.some((cause) => cause.kind === kind && (side === undefined || cause.side === side));
}

/** An outcome with everything that is known of the person; the rest is nothing. */
export function outcomeOf(
  wanted: Wanted,
  known: { contact?: HubSpotContact | null; record?: SalesforceRecord | null; link?: Link | null },
  given: Partial<OutcomeRow> & Pick<OutcomeRow, 'result'>,
): OutcomeRow {
  const { contact, record, link } = known;
  const name = contact
    ? [contact.values.firstname, contact.values.lastname]
    : [record?.values.FirstName, record?.values.LastName];
  const object = record ? objectOf(record.object) : null;
  return {
    contactId: contact?.id ?? link?.contactId ?? wanted.contactId,
    recordId: record?.id ?? link?.recordId ?? wanted.recordId,
    object: object ?? link?.object ?? wanted.object,
    name: name.filter(Boolean).join(' ') || null,
    email: contact?.values.email ?? record?.values.Email ?? null,
    direction: 'TO_SALESFORCE',
    reason: null,
    category: null,
    code: null,
    message: null,
    changes: [],
    warnings: [],
    ...given,
    causes: wanted.causes,
  };
}

/** A person who is passed over, and why. */
export function skipped(
  wanted: Wanted,
  known: Parameters<typeof outcomeOf>[1],
  reason: string,
  warnings: string[] = [],
): Settled {
  return { wanted, outcome: outcomeOf(wanted, known, { result: 'SKIPPED', reason, warnings }) };
}

/** Plans what to write for a person whose two sides were read just now. */
export function planPerson(session: Session, person: Omit<Person, 'plan'>, at: Date): Person {
  const { contact, record, link } = person;
  const table = session.tables[record.object];
  const plan = planSync(
    table,
    {
      contact: contact.values,
      record: record.values,
      shadow: link?.shadow ?? {},
      intended: link?.intended ?? null,
      matchedByAdditional: person.byAdditional,
      changedAt: { hubspot: contact.updatedAt, salesforce: record.lastModifiedAt },
      propertyChangedAt: person.propertyChangedAt ?? {},
      fieldChangedAt: person.fieldChangedAt ?? {},
      lastModifiedByUs: isOurModification(record, session.integrationUserId, link),
    },
    session.owners,
    at.toISOString(),
  );
  const limits = { memory: link?.memory ?? {}, isRetry: isRetryDue(person.wanted, at), at };
  return { ...person, plan: limitPlan(table, withinScope(table, plan, person.scope), limits) };
}

function withinScope(table: FieldTable, plan: Plan, scope: Scope): Plan {
  if (scope === 'both') return plan;
  if (scope === 'toHubSpot') return planTowards(plan, 'hubspot');
  // An import leaves a contact that is there as it is; the addresses it was found by are agreed.
  const email = table.fields.find(({ kind }) => kind === 'email')?.mappingId ?? '';
  const shadow = Object.fromEntries(Object.entries(plan.shadow).filter(([id]) => id === email));
  return { hubspot: {}, salesforce: {}, changes: [], shadow, intended: {}, contested: [] };
}

/** A person asked again, or the time for another try has come: what was refused is sent once more. */
function isRetryDue(wanted: Wanted, at: Date): boolean {
  return wanted.causes.some(
    ({ kind, at: dueAt }) => kind === 'sync_now' || (kind === 'retry' && dueAt <= at.toISOString()),
  );
}

/** What became of a person once all writes have been answered. */
export function personOutcome(person: Person, changes: Change[]): OutcomeRow {
  const written = changes.filter((change) => !change.failure);
  const failed = changes.filter((change) => change.failure);
  const isFailed = !person.isCreated && written.length === 0 && failed.length > 0;
  const sides = new Set(written.map((change) => change.to));
  const one = sides.has('hubspot') || person.scope !== 'both' ? 'TO_HUBSPOT' : 'TO_SALESFORCE';
  return outcomeOf(person.wanted, person, {
    direction: sides.size === 2 ? 'BOTH' : one,
    result: isFailed ? 'FAILED' : person.isCreated ? 'CREATED' : written.length > 0 ? 'UPDATED' : 'UNCHANGED',
    category: failed[0]?.failure?.category ?? null,
    code: failed[0]?.failure?.code ?? null,
    message: failed[0]?.failure?.message || null,
    changes,
    warnings: person.warnings,
  });
}
