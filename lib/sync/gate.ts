/** The gates to ask: the newest one, and while a switch waits the one in force besides. */
export type Gates = { listId: string | null; alsoListId: string | null | undefined };

export type Standing =
  | 'member'
  /** Passes only one of two gates while a switch waits: an undo or the end of the wait decides. */
  | 'waits'
  | 'outside';

/** Whether a contact may sync now, by the lists HubSpot says it is in (sync rules, sections 3 and 7). */
export function standingOf(gates: Gates, listIds: readonly string[]): Standing {
  const passes = (listId: string | null) => listId === null || listIds.includes(listId);
  const newest = passes(gates.listId);
  const inForce = gates.alsoListId === undefined ? newest : passes(gates.alsoListId);
  if (newest !== inForce) return 'waits';
  return newest ? 'member' : 'outside';
}

/** The lists that must be active and completely processed before anything is decided by them. */
export function listsOf(gates: Gates): string[] {
  const ids = [gates.listId, gates.alsoListId ?? null];
  return [...new Set(ids.filter((id): id is string => id !== null))];
}

/** What triggered, as the table of section 3 tells apart. A person who asks stands for the side that is known. */
export type GateCase = {
  sides: readonly ('hubspot' | 'salesforce')[];
  isImport: boolean;
  isLinked: boolean;
  isMember: boolean;
  /** The link's first sync, granted by the creation exception, has not ended yet. */
  openException: boolean;
  /** On the side that triggers. */
  hasAddress: boolean;
  salesforceChanges: 'create_or_update' | 'do_nothing';
};

export type Permission =
  | { may: 'both' | 'toHubSpot' | 'emailOnly' }
  | { may: 'nothing'; reason: 'not_in_segment' | 'salesforce_changes_off' | 'no_email' };

/** The table of the gate. Several triggers of one person: the one that permits the most decides. */
export function permissionOf(given: GateCase): Permission {
  const { isImport, isLinked, isMember, openException, hasAddress, sides } = given;
  if (!isLinked && !hasAddress) return { may: 'nothing', reason: 'no_email' };
  if (isImport && isMember) return { may: 'both' };
  if (isImport && !isLinked) return { may: 'emailOnly' };
  if (isMember) {
    const isOff = given.salesforceChanges === 'do_nothing' && !sides.includes('hubspot') && !openException;
    return isOff ? { may: 'nothing', reason: 'salesforce_changes_off' } : { may: 'both' };
  }
  if (isLinked) return openException ? { may: 'toHubSpot' } : { may: 'nothing', reason: 'not_in_segment' };
  if (!sides.includes('salesforce')) return { may: 'nothing', reason: 'not_in_segment' };
  return given.salesforceChanges === 'create_or_update'
    ? { may: 'toHubSpot' }
    : { may: 'nothing', reason: 'salesforce_changes_off' };
}
