import type { HubSpotContact, SalesforceRecord } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { FieldTable } from '../fields.ts';
import type { Shadow } from '../shadow.ts';
import type { EndCause, Link } from '../store.ts';
import { isRevivable, type Subject } from './gather.ts';
import { hasCause } from './person.ts';

/** What has become of a person's two sides (sync rules, section 6). */
export type Life =
  | { kind: 'alive' }
  /** The contact is gone: the link ends, and nothing is deleted in Salesforce. */
  | { kind: 'deletedInHubSpot'; erase: boolean }
  | { kind: 'deletedInSalesforce' }
  /** The contact is another one now. */
  | { kind: 'contactBecame'; contact: HubSpotContact }
  /** The record is another one now. */
  | { kind: 'recordBecame'; recordId: string; cause: Extract<EndCause, 'converted' | 'handed_over'> }
  /** Not returned, which is no deletion: the link stays. */
  | { kind: 'unreadable'; code: string }
  /** Its link ended by a merge: it creates nothing any more until a person asks. */
  | { kind: 'merged' }
  /** Its contact was deleted in HubSpot: edits of the record do not make it anew. */
  | { kind: 'contactWasDeleted' }
  /** Both sides of an ended link are there again. */
  | { kind: 'restored'; link: Link };

/** Reads the state of a person from its links and from what was read and told. Pure. */
export function lifeOf(subject: Subject): Life {
  const { wanted, contact, record, link, tombstone } = subject;
  if (contact && wanted.contactId && contact.id !== wanted.contactId)
    return { kind: 'contactBecame', contact };
  if (wanted.contactId && !contact) return { kind: 'deletedInHubSpot', erase: isPrivacy(subject) };
  if (link) return lifeOfRecord(subject);
  if (tombstone && isRevivable(tombstone)) {
    const isContactBack = contact?.id === tombstone.contactId;
    if (isContactBack && record?.id === tombstone.recordId && !record.isConverted) {
      return { kind: 'restored', link: tombstone };
    }
  }
  if (tombstone?.endCause === 'merged' && !hasCause(wanted, 'sync_now')) return { kind: 'merged' };
  // Told once more, a deletion is no reason to make anything.
  const isOldNews = wanted.causes.every(({ kind, side }) => kind === 'deleted' && side === 'salesforce');
  if (isOldNews && !record) return { kind: 'deletedInSalesforce' };
  if (!wanted.contactId) {
    if (!record) return lifeOfRecord(subject);
    if (record.isConverted) return lifeOfRecord(subject);
    if (isContactGone(subject)) return { kind: 'contactWasDeleted' };
  }
  return { kind: 'alive' };
}

function isPrivacy({ wanted }: Subject): boolean {
  return wanted.causes.some(({ kind, privacy }) => kind === 'deleted' && privacy === true);
}

/** Only an import makes such a contact again, and after a privacy deletion nobody. */
function isContactGone({ wanted, tombstone }: Subject): boolean {
  if (tombstone?.endCause === 'privacy_deleted') return true;
  return tombstone?.endCause === 'deleted_in_hubspot' && !hasCause(wanted, 'import');
}

function lifeOfRecord({ wanted, record }: Subject): Life {
  if (record?.isConverted) {
    const recordId = record.values.ConvertedContactId;
    return recordId
      ? { kind: 'recordBecame', recordId, cause: 'converted' }
      : { kind: 'unreadable', code: 'CANNOT_UPDATE_CONVERTED_LEAD' };
  }
  if (record) return { kind: 'alive' };
  // What was handed over already is another record now: of that one the old news tells nothing.
  const news = wanted.causes.filter(
    ({ side, of }) => side === 'salesforce' && (of === undefined || of === wanted.recordId),
  );
  const into = news.find(({ kind }) => kind === 'merged')?.into;
  if (into && into !== wanted.recordId) return { kind: 'recordBecame', recordId: into, cause: 'handed_over' };
  if (news.some(({ kind }) => kind === 'deleted')) return { kind: 'deletedInSalesforce' };
  return { kind: 'unreadable', code: 'RECORD_NOT_RETURNED' };
}

/**
 * Who takes a link over: the taker keeps its own, else gets the oldest of those that come to it; the others
 * end as merged. Pure.
 */
export function decideHandOver(
  losers: readonly Link[],
  ownLink: Link | null,
): { taken: Link | null; merged: Link[] } {
  const sorted = [...losers].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  if (ownLink) return { taken: null, merged: sorted };
  return { taken: sorted[0] ?? null, merged: sorted.slice(1) };
}

/** At a hand-over only fields whose new value equals the shadow keep it; the rest count as first sync. */
export function keptShadow(
  table: FieldTable,
  shadow: Shadow,
  taker: { contact?: HubSpotContact; record?: SalesforceRecord },
): Shadow {
  const kept: Shadow = {};
  for (const field of table.fields) {
    const entry = shadow[field.mappingId];
    if (!entry) continue;
    const h = taker.contact ? taker.contact.values[field.property] : entry.h;
    const s = taker.record ? taker.record.values[field.name] : entry.s;
    if (h === undefined || s === undefined) continue;
    if (isSame(field.pair, h, entry.h) && isSame(field.pair, s, entry.s)) kept[field.mappingId] = entry;
  }
  return kept;
}
