import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotPort, SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import type { Side } from '../shadow.ts';
import type { RecordObject, Scope } from '../store.ts';
import type { Cause, NewTrigger } from '../triggers.ts';
import type { CollectStore } from './store.ts';

/** All that collecting works with; it knows no other clock and no other memory. */
export type CollectDeps = {
  scope: Scope;
  store: CollectStore;
  hubspot: HubSpotPort;
  salesforce: SalesforcePort;
  now: () => Promise<Date>;
  /** From how many changed records on they are read by a Bulk query; as many as make it the cheaper way, if left out. */
  manyChanges?: number;
  /**
   * Asked between pages: whether to leave the rest for another time. What was read is stored. `paid`: so many calls
   * were made for the rest already that leaving it would make them twice.
   */
  isEnough?: (rest?: 'paid') => boolean;
};

/** What counting needs of it: it asks no CRM. */
export type Counting = Pick<CollectDeps, 'scope' | 'store' | 'now'>;

/** `left`: not at its end; the next call goes on there. */
export type Progress = { found: number; left: boolean };
export type CollectTrouble = { side: Side; failure: CrmFailure };
export type Collecting<T = Progress> = Result<T, CollectTrouble>;

export const objects = ['Lead', 'Contact'] as const satisfies SalesforceObject[];
export const recordObject = (object: SalesforceObject): RecordObject =>
  object === 'Lead' ? 'LEAD' : 'CONTACT';
/** Says whose failure it is. */
export function of<T>(side: Side, result: CrmResult<T>): Collecting<T> {
  return result.ok ? ok(result.value) : fail({ side, failure: result.failure });
}

type Person = { contactId: string } | { record: { id: string; object: RecordObject } };

/** An event that asks for one person to be synced. */
export function triggerOf(
  person: Person,
  cause: Pick<Cause, 'kind' | 'side' | 'source'> & Partial<Cause>,
  at: Date,
): NewTrigger {
  const causes = [{ at: at.toISOString(), ...cause }];
  return 'contactId' in person
    ? { contactId: person.contactId, recordId: null, object: null, causes }
    : { contactId: null, recordId: person.record.id, object: person.record.object, causes };
}

export function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
