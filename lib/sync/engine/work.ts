import type { Values } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { Change } from '../change.ts';
import type { Field } from '../fields.ts';
import type { Intended, Shadow } from '../shadow.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';

/** A person under way: its link's id, and what became of each change so far. */
export type Work = {
  person: Person;
  linkId: string;
  changes: Change[];
  isLater: boolean;
  /** What HubSpot says of the contact after the write. */
  answered: Values | null;
};

/** What both sides agree on now: the former agreements, and every write that went through. */
export function shadowAfter({ person, changes, answered }: Work, at: Date): Shadow {
  const shadow: Shadow = { ...person.plan.shadow };
  const now = at.toISOString();
  for (const change of changes) {
    const pair = person.plan.intended[change.mappingId];
    if (change.failure || !pair) continue;
    const isHubSpot = change.to === 'hubspot';
    const h = isHubSpot ? (answered?.[change.property] ?? pair.h) : pair.h;
    shadow[change.mappingId] = {
      h,
      s: pair.s,
      at: now,
      ...(isHubSpot ? {} : { sent: true }),
    };
  }
  return shadow;
}

/**
 * What is about to be written, with what it overwrites; and earlier writes that nobody came to store an answer of. They
 * stay known until somebody does, for they may have arrived, or do so still. Without them a side that is emptied
 * meanwhile would look as if it had never been agreed on.
 */
export function intendedOf({ link, plan }: Person): Intended {
  const own = Object.entries(plan.intended).map(([id, pair]): [string, Intended[string]] => {
    const change = plan.changes.find(({ mappingId }) => mappingId === id);
    if (!change?.conflict) return [id, pair];
    const { property, field, conflict } = change;
    return [id, { ...pair, conflict: { ...conflict, property, field } }];
  });
  return { ...link?.intended, ...Object.fromEntries(own) };
}

/** Writes whose answer was never stored, to fields that cannot be read now: what they left shows once they can. */
export function unreadIntended(
  { tables }: Pick<Session, 'tables'>,
  { link, record }: Pick<Person, 'link' | 'record'>,
): Intended {
  const { absent } = tables[record.object];
  return Object.fromEntries(Object.entries(link?.intended ?? {}).filter(([id]) => absent.includes(id)));
}

/** Writes whose answer was never stored, by mappings that are not synced now: nobody can tell whether they arrived. */
export function forgottenUnlogged(
  { tables }: Pick<Session, 'tables'>,
  { link, record }: Pick<Person, 'link' | 'record'>,
): [string, Intended[string]][] {
  const known = new Set(tables[record.object].fields.map(({ mappingId }) => mappingId));
  return Object.entries(link?.intended ?? {}).filter(([id, { conflict }]) => conflict && !known.has(id));
}

/** Writes whose answer was never stored, but that have arrived and have overwritten something. */
export function arrivedUnlogged(
  { tables }: Pick<Session, 'tables'>,
  { link, contact, record }: Pick<Person, 'link' | 'contact' | 'record'>,
): { field: Field; pair: Intended[string] }[] {
  return tables[record.object].fields.flatMap((field) => {
    const pair = link?.intended?.[field.mappingId];
    if (!pair?.conflict) return [];
    const held = pair.to === 'hubspot' ? contact.values[field.property] : record.values[field.name];
    // It may have been changed once more since; only where the lost value still stands nothing has arrived.
    return held !== undefined && !isSame(field.pair, held, pair.conflict.lost) ? [{ field, pair }] : [];
  });
}
