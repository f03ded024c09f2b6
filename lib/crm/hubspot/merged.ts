/** Ids merged into a contact: a batch read answers an old id with the survivor. */
export const mergedIds = 'hs_merged_object_ids';

type Answered = { id: string; values: Record<string, string | null> };

export function mergedInto({ values }: Answered): string[] {
  return values[mergedIds]?.split(';').filter((id) => id !== '') ?? [];
}

/** Contacts by their own id, and by each that was merged into them. */
export function byAnyId<T extends Answered>(contacts: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const contact of contacts) for (const old of mergedInto(contact)) found.set(old, contact);
  for (const contact of contacts) found.set(contact.id, contact);
  return found;
}
