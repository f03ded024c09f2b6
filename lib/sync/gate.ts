/** The gates to ask: the newest one, and while a switch waits the one in force besides. */
export type Gates = { listId: string | null; alsoListId: string | null | undefined };

export type Standing =
  | 'member'
  /** Passes the newest gate, but not the other one that still holds: its turn comes when the wait is over. */
  | 'waits'
  | 'outside';

/** Whether a contact may sync now, by the lists HubSpot says it is in (sync rules, sections 3 and 7). */
export function standingOf(gates: Gates, listIds: readonly string[]): Standing {
  const passes = (listId: string | null) => listId === null || listIds.includes(listId);
  if (!passes(gates.listId)) return 'outside';
  if (gates.alsoListId !== undefined && !passes(gates.alsoListId)) return 'waits';
  return 'member';
}

/** The lists that must be active and completely processed before anything is decided by them. */
export function listsOf(gates: Gates): string[] {
  const ids = [gates.listId, gates.alsoListId ?? null];
  return [...new Set(ids.filter((id): id is string => id !== null))];
}
