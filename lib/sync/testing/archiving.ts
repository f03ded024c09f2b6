import type { World } from './world.ts';

/** 6: a contact goes to the bin only with its record: one that was merged or converted lives on. */
export function archivedFor({ db, org }: World, id: string): string[] {
  const links = db.links.where(({ contactId, endedAt }) => contactId === id && endedAt === null);
  const records = links.flatMap(({ recordId }) => org.get(recordId) ?? []);
  const isGone = records.some(({ deletedAt, mergedInto }) => deletedAt !== null && mergedInto === null);
  return isGone ? [] : [`6: ${id} was archived though its record was not deleted`];
}
