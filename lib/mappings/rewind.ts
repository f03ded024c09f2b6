/** What a version changed about one mapping; null: it wasn't there. */
export type ChangeOf<M> = { version: number; mappingId: string; oldValue: M | null; newValue: M | null };

/** The mappings as they were at a version, told by what later versions changed. Oldest first. */
export function rewind<M extends { id: string; createdAt: string }>(
  current: readonly M[],
  changes: readonly ChangeOf<M>[],
  version: number,
): M[] {
  const mappings = new Map(current.map((mapping) => [mapping.id, mapping]));
  const later = changes.filter((change) => change.version > version);
  for (const { mappingId, oldValue } of later.toSorted((a, b) => b.version - a.version)) {
    if (oldValue) mappings.set(mappingId, oldValue);
    else mappings.delete(mappingId);
  }
  return [...mappings.values()].sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
}
