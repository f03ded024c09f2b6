import { withFormerIds } from './memory/sync-tx.ts';
import type { Seen } from './memory/trace.ts';
import type { World } from './world.ts';

// 7: a privacy deletion erases everything about a contact at once; of its links the two ids stay.

/** What is still known of contacts that HubSpot has erased and told of. */
export function notForgotten({ db, forgotten }: World): string[] {
  const ids = new Set([...forgotten].flatMap((id) => withFormerIds(db, id)));
  return [...ids].flatMap((id) => {
    const isOf = ({ contactId }: { contactId: string | null }) => contactId === id;
    const values = db.links.where(isOf).filter((link) => {
      const { shadow, memory, intended } = link;
      return Object.keys({ ...shadow, ...memory, ...intended }).length > 0;
    });
    const told = db.outcomes
      .where(isOf)
      .filter(({ name, email, changes }) => name || email || changes.length);
    const kept = {
      ...{ values, told, conflicts: db.conflicts.where(isOf) },
      ...{
        triggers: db.triggers.where(isOf),
        seen: db.seen.where((row) => row.side === 'hubspot' && row.id === id),
      },
    };
    const what = Object.entries(kept).filter(([, rows]) => rows.length > 0);
    return what.map(([name]) => `7: ${id} was erased, but its ${name} are kept`);
  });
}

/** 3: never after a privacy deletion is a contact made anew for its record. */
export function madeAnew({ db, org }: World, event: Extract<Seen, { kind: 'write' }>): string[] {
  if (event.side !== 'hubspot' || !event.isNew || !event.after.email) return [];
  const newest = org
    .holdersOf(event.after.email)
    .map(({ id }) => db.links.where((link) => link.recordId === id).at(-1));
  const isForgotten = newest.length > 0 && newest.every((link) => link?.endCause === 'privacy_deleted');
  return isForgotten ? [`3: ${event.id} was made anew though its record's contact was erased`] : [];
}
