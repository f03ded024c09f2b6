import type { SalesforceRecord, Values } from '#lib/crm/ports.ts';

export type Match =
  | { kind: 'none' }
  /** Every record with the address belongs to somebody else: none is taken and none is created. */
  | { kind: 'held' }
  | { kind: 'found'; record: SalesforceRecord; byAdditional: boolean; isOneOfSeveral: boolean };

/** The contact's own address first, then its additional ones; trimmed, in lower case, each once. */
export function addressesOf(values: Values): string[] {
  const own = values.email?.trim().toLowerCase() ?? '';
  if (!values.hs_additional_emails) return own === '' ? [] : [own];
  const additional = values.hs_additional_emails.split(';').map((address) => address.trim().toLowerCase());
  const all = [own, ...additional];
  return [...new Set(all)].filter((address) => address !== '');
}

/**
 * Which record a contact is (sync rules, section 4). `hits` holds, for each of its addresses in order, the
 * Contacts and unconverted Leads that have it. `isTaken` tells records that are linked to somebody else.
 */
export function chooseRecord(
  hits: readonly (readonly SalesforceRecord[])[],
  isTaken: (recordId: string) => boolean,
): Match {
  let wasHeld = false;
  for (const [position, records] of hits.entries()) {
    const open = records.filter((record) => record.object === 'Contact' || !record.isConverted);
    const free = open.filter((record) => !isTaken(record.id)).sort(byPreference);
    const [record] = free;
    if (record) return { kind: 'found', record, byAdditional: position > 0, isOneOfSeveral: open.length > 1 };
    if (open.length > 0) wasHeld = true;
  }
  return { kind: wasHeld ? 'held' : 'none' };
}

/** A Contact before a Lead, then the most recently modified, then the lowest id. */
function byPreference(a: SalesforceRecord, b: SalesforceRecord): number {
  if (a.object !== b.object) return a.object === 'Contact' ? -1 : 1;
  const later = b.lastModifiedAt.getTime() - a.lastModifiedAt.getTime();
  if (later !== 0) return later;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
