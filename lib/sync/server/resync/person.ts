import type { HubSpotContact, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import type { Change } from '../../change.ts';
import { type Plan, planSync } from '../../plan.ts';
import type { RunReason } from '../../schemas.ts';
import type { Shadow } from '../../shadow.ts';
import type { Link, LinkOrigin, RecordObject } from '../links-repository.ts';
import type { OutcomeRow } from '../repository.ts';
import type { Session } from './session.ts';

/** A person whose record is known. */
export type Person = {
  contact: HubSpotContact;
  record: SalesforceRecord;
  /** When the contact's properties in conflict got their value. */
  propertyChangedAt?: Record<string, Date>;
  /** Null until the link is stored. */
  link: Link | null;
  origin: LinkOrigin;
  /** The record was made by this run. */
  isCreated: boolean;
  byAdditional: boolean;
  warnings: string[];
  /** What creating the record wrote already. */
  earlier: Change[];
  plan: Plan;
};

/** People left for the next pass, with the reason and how long at least. */
export type Later = { contactId: string; reason: RunReason; waitMs: number };

export const objectOf = (object: SalesforceObject): RecordObject => (object === 'Lead' ? 'LEAD' : 'CONTACT');
export const sObjectOf = (object: RecordObject): SalesforceObject => (object === 'LEAD' ? 'Lead' : 'Contact');

export function nameOf(contact: HubSpotContact): string | null {
  const { firstname, lastname } = contact.values;
  return [firstname, lastname].filter(Boolean).join(' ') || null;
}

/** An outcome with everything that is known of the contact; the rest is nothing. */
export function outcomeOf(
  contact: HubSpotContact | { id: string },
  given: Partial<OutcomeRow> & Pick<OutcomeRow, 'result'>,
): OutcomeRow {
  const known = 'values' in contact ? contact : null;
  return {
    contactId: contact.id,
    recordId: null,
    object: null,
    name: known ? nameOf(known) : null,
    email: known?.values.email ?? null,
    direction: 'TO_SALESFORCE',
    reason: null,
    category: null,
    code: null,
    message: null,
    changes: [],
    warnings: [],
    ...given,
  };
}

/** Plans what to write for a person whose record was read just now. */
export function planPerson(session: Session, person: Omit<Person, 'plan'>, shadow: Shadow, at: Date): Person {
  const { contact, record, link } = person;
  const plan = planSync(
    session.tables[record.object],
    {
      contact: contact.values,
      record: record.values,
      shadow,
      intended: link?.intended ?? null,
      matchedByAdditional: person.byAdditional,
      changedAt: { hubspot: contact.updatedAt, salesforce: record.lastModifiedAt },
      propertyChangedAt: person.propertyChangedAt ?? {},
      lastModifiedByUs: record.lastModifiedById === session.integrationUserId,
    },
    session.owners,
    at.toISOString(),
  );
  return { ...person, plan };
}

/** What became of a person once all writes have been answered. */
export function personOutcome(person: Person, changes: Change[]): OutcomeRow {
  const written = changes.filter((change) => !change.failure);
  const failed = changes.filter((change) => change.failure);
  const isFailed = !person.isCreated && written.length === 0 && failed.length > 0;
  const sides = new Set(written.map((change) => change.to));
  return outcomeOf(person.contact, {
    recordId: person.record.id,
    object: objectOf(person.record.object),
    direction: sides.size === 2 ? 'BOTH' : sides.has('hubspot') ? 'TO_HUBSPOT' : 'TO_SALESFORCE',
    result: isFailed ? 'FAILED' : person.isCreated ? 'CREATED' : written.length > 0 ? 'UPDATED' : 'UNCHANGED',
    category: failed[0]?.failure?.category ?? null,
    code: failed[0]?.failure?.code ?? null,
    message: failed[0]?.failure?.message || null,
    changes,
    warnings: person.warnings,
  });
}
