import type { HubSpotContact, SalesforceRecord, Values } from '#lib/crm/ports.ts';
import { nextSeen } from '../seen.ts';
import type { Link, NewLink, Seen } from '../store.ts';
import type { Session } from './session.ts';

/** A link that is about to be stored for the first time. */
export function freshLink(
  given: Omit<NewLink, 'openException' | 'importOnly'> &
    Partial<Pick<Link, 'openException' | 'importOnly' | 'shadow'>>,
): Link {
  const unfilled = { openException: false, importOnly: false, shadow: {}, memory: {} };
  return {
    ...unfilled,
    intended: null,
    jobId: null,
    endedAt: null,
    endCause: null,
    mergedInto: null,
    ...given,
  };
}

/** What of a link is stored with its first row. */
export function newLinkOf(link: NewLink): NewLink {
  const { id, contactId, recordId, object, origin, createdAt, openException, importOnly } = link;
  return { id, contactId, recordId, object, origin, createdAt, openException, importOnly };
}

/** What is seen of a contact as HubSpot answered it, so that our own write is no change at the next poll. */
export function seenOfContact(
  { mapped }: Pick<Session, 'mapped'>,
  contact: HubSpotContact,
  written: Values = {},
  former?: Seen,
): Seen {
  const fields = nextSeen(former?.fields ?? null, contact.values, mapped, contact.updatedAt, written);
  return { id: contact.id, fields, modifiedAt: former?.modifiedAt ?? null };
}

/** What is seen of a record that holds what we sent. */
export function seenOfRecord(
  session: Pick<Session, 'tables' | 'integrationUserId'>,
  record: SalesforceRecord,
  sent: Values,
  former?: Seen,
): Seen {
  const { names } = session.tables[record.object];
  const fields = nextSeen(former?.fields ?? null, record.values, names, record.lastModifiedAt, sent);
  const isOurs = record.lastModifiedById === session.integrationUserId;
  return { id: record.id, fields, modifiedAt: isOurs ? (former?.modifiedAt ?? null) : record.lastModifiedAt };
}
